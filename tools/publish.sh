#!/bin/sh
# Builds what is shipped into a folder: tools/publish.sh DIR [linux-x64|linux-arm64]
# It is compiled ahead for one kind of machine, this one unless told: a start costs a third less. The Dockerfile runs this script and
# nothing else, so that what is tested here is what is in the image.
set -eu
cd "$(dirname "$0")/.."
target=${1:?which folder to publish into}
case ${2:-$(uname -m)} in
  linux-x64 | x86_64 | amd64) machine=linux-x64 ;;
  linux-arm64 | aarch64 | arm64) machine=linux-arm64 ;;
  *) echo "What is published runs on linux-x64 or linux-arm64, not on ${2:-$(uname -m)}." >&2; exit 1 ;;
esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CI=true
dotnet publish portal/Metro.Portal.csproj -c Release -o "$target" -v q -p:RunAnalyzers=false -p:PublishFor="$machine"
