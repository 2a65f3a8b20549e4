#!/usr/bin/env bash
# Runs every test: once on SQLite, and the tests of the data again on PostgreSQL.
# Installs on Debian and Ubuntu what they need and is missing. The last line is: N passed, N failed, N skipped.
# Ends with 0 only when every test ran and passed.
set -u
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
# Most code runs once or twice in a test: watching how it runs, to compile it better, would take longer than it saves.
export DOTNET_TieredPGO=0

need() { # what is missing, and how it is got elsewhere
  echo "The tests need $1. $2" >&2
  exit 1
}

install_missing() {
  local missing=()
  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || [ -n "${METRO_TEST_POSTGRES:-}" ] || missing+=(postgresql)
  compgen -G '/usr/lib/*/libvips.so.42' >/dev/null || missing+=(libvips42)
  [ ${#missing[@]} -eq 0 ] && return

  command -v apt-get >/dev/null || need "${missing[*]}" \
    "Install Chromium, libvips and PostgreSQL (its initdb under /usr/lib/postgresql, or a server named in METRO_TEST_POSTGRES) with your system's package manager."
  local as_root=(); [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  echo "Installing: ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq && apt-get install -y -qq ${missing[*]} >/dev/null" ||
    need "${missing[*]}" "They could not be installed with apt-get."
}

passed=0 failed=0 skipped=0 names=()
count() { # adds up what a run's summary says; a run that ends badly without a failed test counts as one
  local log=$1 code=$2 f
  total() { grep -E "^ +$1: [0-9]+$" "$log" | tail -1 | grep -oE '[0-9]+$' || echo 0; }
  f=$(total failed)
  [ "$code" -ne 0 ] && [ "$f" -eq 0 ] && f=1
  while read -r name; do names+=("$3: $name"); done < <(sed -n 's/^failed //p' "$log")
  passed=$((passed + $(total succeeded))) failed=$((failed + f)) skipped=$((skipped + $(total skipped)))
}

run() { # a heading, then what to run
  local log code heading=$1; log=$(mktemp)
  echo "== $heading"; shift
  "$@" 2>&1 | tee "$log"; code=${PIPESTATUS[0]}
  count "$log" "$code" "$heading"; rm -f "$log"
}

command -v dotnet >/dev/null || need "the .NET 10 SDK" "See https://dotnet.microsoft.com/download."
command -v node >/dev/null || need "Node.js 20 or later" "See https://nodejs.org."
install_missing
# The compiler that the projects share ends with the build, so that nothing is left behind.
dotnet build Metro.Portal.sln -v q; built=$?
dotnet build-server shutdown --vbcscompiler >/dev/null
[ "$built" -eq 0 ] || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

# The data's tests run on PostgreSQL beside the others: one run alone leaves half of a small machine unused.
logs=$(mktemp -d)
on_postgresql() { # a test project, and which of its tests
  local project=$1; shift
  METRO_TEST_DATABASE=PostgreSQL "tests/Metro.$project.Tests/bin/Debug/net10.0/Metro.$project.Tests" --no-progress "$@" >"$logs/$project" 2>&1
  echo $? >"$logs/$project.code"
}
(
  for project in Data Library Content Content.Editor; do on_postgresql "$project"; done
  # Pages ask the same rules on either database; what differs is how the portal starts, who wins a race and what a kill leaves.
  on_postgresql Portal --filter-class '*.StartTests' '*.HealthTests' '*.TakingPart.*' '*.CrashTests' '*.StormTests' '*.Site.Kept*'
  on_postgresql GraphQL --filter-namespace 'Metro.GraphQL.Tests.Data*'
) &
run "Every test, on SQLite" dotnet test --solution Metro.Portal.sln --no-build --no-progress --max-parallel-test-modules 2
wait
for project in Data Library Content Content.Editor Portal GraphQL; do
  echo "== Metro.$project on PostgreSQL"
  cat "$logs/$project"
  count "$logs/$project" "$(cat "$logs/$project.code")" "Metro.$project on PostgreSQL"
done
rm -r "$logs"

[ ${#names[@]} -eq 0 ] || { echo "== What failed"; printf '%s\n' "${names[@]}"; }
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ] && [ "$passed" -gt 0 ]
