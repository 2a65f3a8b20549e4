#!/usr/bin/env bash
# Publishes the portal with the script that the Dockerfile runs, and goes through what the image would do:
# not ready before migrating, ready after, assets cached for ever, stopped by SIGTERM.
set -eu
cd "$(dirname "$0")/.."
. tools/asking.sh

data=$(mktemp -d)
trap 'kill -KILL "${portal:-0}" 2>/dev/null || true; rm -rf "$data"' EXIT
tools/publish.sh "$data/portal"

export ASPNETCORE_URLS="$(free_address)" Portal__DataPath="$data/data" ASPNETCORE_ENVIRONMENT=Production
dotnet "$data/portal/Metro.Portal.dll" migrate
cd "$data/portal"
dotnet Metro.Portal.dll >"$data/log" 2>&1 &
portal=$!
wait_until_ready "$data/log"
ask / "Selamat datang"
dotnet Metro.Portal.dll health
style=$(curl -fsS "$ASPNETCORE_URLS/" | grep -o '/_content/[^"]*\.css')
curl -fsSI -H 'Accept-Encoding: br' "$ASPNETCORE_URLS$style" | grep -qi '^cache-control:.*immutable'
curl -fsSI -H 'Accept-Encoding: br' "$ASPNETCORE_URLS$style" | grep -qi '^content-encoding: br'

kill -TERM "$portal"
wait "$portal" || { echo "The portal did not stop cleanly."; cat "$data/log"; exit 1; }
