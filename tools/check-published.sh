#!/usr/bin/env bash
# Publishes the portal with the script that the Dockerfile runs, and goes through what the image would do:
# not ready before migrating, ready after, assets cached for ever, stopped by SIGTERM. Where METRO_PUBLISHED names a folder, it was published there already.
set -eu
cd "$(dirname "$0")/.."
. tools/asking.sh

data=$(mktemp -d)
trap 'kill -KILL "${portal:-0}" 2>/dev/null || true; rm -rf "$data"' EXIT
program=${METRO_PUBLISHED:-$data/portal}
[ -n "${METRO_PUBLISHED:-}" ] || tools/publish.sh "$program"

ASPNETCORE_URLS=$(free_address)
export ASPNETCORE_URLS Portal__DataPath="$data/data" ASPNETCORE_ENVIRONMENT=Production
dotnet "$program/Metro.Portal.dll" migrate
dotnet "$program/Metro.Portal.dll" >"$data/log" 2>&1 &
portal=$!
wait_until_ready "$data/log"
ask / "Selamat datang"
dotnet "$program/Metro.Portal.dll" health
style=$(node tools/ask.mjs "$ASPNETCORE_URLS/" | grep -o '/_content/[^"]*\.css')
node tools/ask.mjs "$ASPNETCORE_URLS$style" --header cache-control --contains immutable
node tools/ask.mjs "$ASPNETCORE_URLS$style" --header content-encoding --contains br

kill -TERM "$portal"
wait "$portal" || { echo "The portal did not stop cleanly."; cat "$data/log"; exit 1; }
