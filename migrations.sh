#!/bin/sh
# Adds a migration to a module for SQLite and PostgreSQL: ./migrations.sh library Initial
# While nothing is released, a changed model replaces its Initial migration instead of stacking another one:
# ./migrations.sh --anew library
# Compiled models are written with every migration. Alone, for the modules named or for all:
# ./migrations.sh --models [MODULE...]
set -eu
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1
if [ "${1:-}" = "--models" ]; then
  shift
  [ $# -gt 0 ] || set -- library content accounts scheduler
  exec dotnet run --project tools/Migrations -v q -p:RunAnalyzers=false -- --models "$PWD" "$@"
fi
if [ "${1:-}" = "--anew" ]; then
  module=${2:?which module}
  case $module in content) folder=content/model ;; accounts) folder=portal ;; *) folder=$module ;; esac
  # Written by hand, and therefore kept: everything that is not an Initial migration or the snapshot.
  rm -f "$folder"/Migrations/*/*_Initial.cs "$folder"/Migrations/*/*_Initial.Designer.cs "$folder"/Migrations/*/*ModelSnapshot.cs
  set -- "$module" Initial
fi
exec dotnet run --project tools/Migrations -v q -p:RunAnalyzers=false -- "$@" "$PWD"
