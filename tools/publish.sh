#!/bin/sh
# Builds what is shipped into a folder: tools/publish.sh DIR
# The Dockerfile runs this script and nothing else, so that what is tested here is what is in the image.
set -eu
cd "$(dirname "$0")/.."
target=${1:?which folder to publish into}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI=true
dotnet publish portal/Metro.Portal.csproj -c Release -o "$target" -v q -p:RunAnalyzers=false
