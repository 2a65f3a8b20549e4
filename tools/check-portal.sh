#!/usr/bin/env bash
# Starts the portal with the README's command, asks it what a visitor would, and stops it with Ctrl-C.
set -eu
cd "$(dirname "$0")/.."
. tools/asking.sh

data=$(mktemp -d)
ASPNETCORE_URLS=$(free_address)
export ASPNETCORE_URLS Portal__DataPath="$data"
set -m # a job of its own, which hears Ctrl-C even where whoever runs this ignores it
env --default-signal=INT dotnet run --project portal >"$data/log" 2>&1 &
portal=$!
trap 'kill -KILL -- -$portal 2>/dev/null || true; rm -rf "$data"' EXIT

wait_until_ready "$data/log"
ask /health/live Healthy
ask / "Selamat datang di Perpustakaan Kota Metro"
ask /en "Welcome to Metro City Library"
ask "/graphql?query=%7B__typename%20branches%7Bname%7D%7D" '"__typename":"Query"'
ask /graphql/schema.graphql "type Query"

# Ctrl-C goes to the whole foreground group; the command ends by itself, and with 0.
kill -INT -- -"$portal"
set +m
wait "$portal" || { echo "The portal did not stop cleanly."; cat "$data/log"; exit 1; }
