#!/usr/bin/env bash
# Measures every budget on the published portal with a whole city's library, and prints one table.
#   bench/run.sh [--scale 1.0] [--seconds 5] [--rounds 5] [--at DIR] [--results FILE]
# On a quiet machine it takes a quarter of an hour; the first time longer, because the city is made. A small city
# (--scale 0.01 --seconds 1 --rounds 1) shows in a few minutes that everything works, and measures nothing of worth.
set -euo pipefail
cd "$(dirname "$0")/.."

scale=1.0 seconds=5 rounds=5 at=${TMPDIR:-/tmp}/metro-bench results=
while [ $# -gt 0 ]; do
  case $1 in
    --scale) scale=$2 ;;
    --seconds) seconds=$2 ;;
    --rounds) rounds=$2 ;;
    --at) at=$2 ;;
    --results) results=$2 ;;
    *) sed -n 's/^# \{0,1\}//; 2,5p' "$0"; exit 1 ;;
  esac
  shift 2 || { echo "A value is missing."; exit 1; }
done
# Figures of a whole city are kept in the repository; those of a smaller one are not worth it.
if [ -z "$results" ]; then
  [ "$scale" = 1.0 ] && results=$PWD/bench/results.md || results=$at/results-$scale.md
fi

if ! command -v wrk >/dev/null; then
  echo "wrk is missing and will be installed." >&2
  { [ "$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy wrk; } >&2 || { echo "Install it: apt-get install wrk" >&2; exit 1; }
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
# What asks a portal must not be told what to do by the caller's own settings.
unset ASPNETCORE_URLS ASPNETCORE_ENVIRONMENT DOTNET_ENVIRONMENT Portal__DataPath Portal__Demo Portal__Jobs Database__Provider ConnectionStrings__Portal

# A city is good for as long as the tables and its makers are the same, and the programs to come have not all passed.
made=$({ date +%Y-%m; cat library/Migrations/Sqlite/*.cs content/model/Migrations/Sqlite/*.cs portal/Migrations/Sqlite/*.cs bench/City/*.cs bench/Catalog/GeneratedCatalogue.cs; } | sha256sum | cut -c1-8)
city=$at/city-$scale-$made demo=$at/demo-$made portal=$at/portal
for old in "$at"/city-"$scale"-* "$at"/demo-*; do
  [ "$old" = "$city" ] || [ "$old" = "$demo" ] || rm -rf "$old"
done
mkdir -p "$city" "$demo"
echo "Everything is in $at; the city is kept there for the next time." >&2

# Whatever is started below is in this shell's process group or ends with the program that started it.
running=
trap 'if [ -n "$running" ]; then kill "$running" 2>/dev/null || true; wait "$running" 2>/dev/null || true; fi' EXIT
trap 'exit 130' INT TERM
run() { "$@" & running=$!; wait "$running"; running=; }

rm -rf "$portal"
tools/publish.sh "$portal" >&2
dotnet build bench -c Release -v q -p:RunAnalyzers=false >&2
bench=bench/bin/Release/net10.0/Metro.Bench

if [ ! -f "$city/metro.db" ]; then
  echo "Making the city (scale $scale) in $city" >&2
  run "$bench" city --to "$city/metro.db" --scale "$scale" >&2
fi
# Tables of what the bench knows nothing of, such as accounts; nothing on a city of this build.
for data in "$city" "$demo"; do
  Portal__DataPath=$data ASPNETCORE_ENVIRONMENT=Production dotnet "$portal/Metro.Portal.dll" migrate >&2
done

commit=$(git rev-parse --short HEAD 2>/dev/null || true)
run "$bench" budgets --portal "$portal" --city "$city" --demo "$demo" --seconds "$seconds" --rounds "$rounds" ${commit:+--commit "$commit"} --results "$results"
echo "Written to $results" >&2
