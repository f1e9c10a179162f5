#!/usr/bin/env bash
# Asks for known advisories about what Stet is made of, and holds licences and sources against deny.toml. Needs the
# network; says what could not be asked. Run by `make audit`.
set -uo pipefail
cd "$(dirname "$0")/.."
deny=${1:?usage: audit.sh CARGO_DENY}
status=0
unasked=""

"$deny" --all-features check --hide-inclusion-graph licenses bans sources || status=1
if "$deny" fetch db; then
  "$deny" --all-features check --disable-fetch --hide-inclusion-graph advisories || status=1
else
  unasked="$unasked crates (the list of RustSec could not be fetched)"
fi
for folder in ui tests; do
  answer=$(cd "$folder" && npm audit --json 2>/dev/null)
  if ! grep -q '"auditReportVersion"' <<<"$answer"; then
    unasked="$unasked $folder/ (npm's advisories could not be asked)"
  elif ! (cd "$folder" && npm audit --audit-level=moderate); then
    status=1
  fi
done
[ -z "$unasked" ] || echo "audit: nobody was asked about:$unasked. Run it again where the network allows."
exit $status
