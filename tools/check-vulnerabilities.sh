#!/usr/bin/env bash
# Asks the registries for known vulnerabilities in what the portal is built from and with: what esbuild bundles for browsers
# counts for npm as needed in development only, so nothing is left out. Fails on one that is high or critical. A registry that does not answer is said and does not fail: a check of the
# world outside must not stop work inside.
set -u
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

bad=0
patience=${METRO_REGISTRY_PATIENCE:-120}
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

say_of() { # what was asked, and the grave ones that were found
  [ -z "$2" ] && { echo "$1: nothing grave is known."; return; }
  echo "$1: known vulnerabilities, high or critical:"; echo "$2"; bad=1
}

unanswered() { echo "$1: the registry does not answer; not checked."; }

# A source that keeps no list of vulnerabilities is asked in vain, and the command does not say so.
keeps_a_list() {
  dotnet nuget list source --format short | sed -n 's/^E *\(https:.*\)/\1/p' | while read -r source; do
    curl -fsL -m 20 "$source" 2>/dev/null | grep -q VulnerabilityInfo && echo yes
  done | grep -q yes
}

if keeps_a_list && timeout "$patience" dotnet list Metro.Portal.sln package --vulnerable --include-transitive --no-restore --format json >"$answer" 2>/dev/null &&
  ! grep -qE '"level": *"error"|NU1900' "$answer"; then
  say_of "NuGet" "$(node -e '
    const found = new Set();
    for (const project of JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).projects ?? [])
      for (const framework of project.frameworks ?? [])
        for (const part of [...framework.topLevelPackages ?? [], ...framework.transitivePackages ?? []])
          for (const known of part.vulnerabilities ?? [])
            if (/high|critical/i.test(known.severity)) found.add(`  ${part.id} ${part.resolvedVersion}: ${known.severity}, ${known.advisoryurl}`);
    console.log([...found].join("\n"));' "$answer")"
else
  unanswered "NuGet"
fi

while read -r lock; do
  folder=$(dirname "$lock")
  (cd "$folder" && timeout "$patience" npm audit --json) >"$answer" 2>/dev/null
  # npm ends with 1 both when it finds something and when nobody answers; only an answer has counts.
  counts=$(node -e '
    try {
      const { metadata, vulnerabilities } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
      if (!metadata?.vulnerabilities) process.exit(1);
      console.log(Object.values(vulnerabilities ?? {}).filter(known => /high|critical/.test(known.severity)).map(known => `  ${known.name} ${known.range}: ${known.severity}`).join("\n"));
    } catch { process.exit(1); }' "$answer") && say_of "npm in ${folder#./}" "$counts" || unanswered "npm in ${folder#./}"
done < <(git ls-files '*package-lock.json')

exit "$bad"
