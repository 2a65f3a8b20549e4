#!/usr/bin/env bash
# A build with nothing changed compiles nothing and bundles nothing: no assembly and no bundle gets a new time.
set -eu
cd "$(dirname "$0")/.."
marker=$(mktemp)
dotnet build Metro.Portal.sln -v q
rebuilt=$(find . -path ./node_modules -prune -o -newer "$marker" \( -path '*/obj/*.dll' -o -path '*/bin/*.dll' -o -path '*/wwwroot/dist/*' -o -name assets.stamp \) -print)
rm -f "$marker"
[ -z "$rebuilt" ] || { echo "Built again:"; echo "$rebuilt"; exit 1; }
