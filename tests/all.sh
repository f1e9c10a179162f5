#!/usr/bin/env bash
# Every test of Stet, stage by stage; ends with one line `N passed, N failed`. Run by `make test`, which sets up first.
set -uo pipefail
cd "$(dirname "$0")/.."
logs=out/test
# The same random cases each time, so that a run that fails can be run again; `make fuzz` tries new ones.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-20261123}
# Clippy stands in for the compiler of our own crate, so that the lints come with the build: by itself it would have all
# that Stet is made of checked once more, some six minutes of a first run.
export RUSTC_WORKSPACE_WRAPPER=clippy-driver
mkdir -p "$logs"
passed=0
failed=0
broken=""

# stage NAME COMMAND…: runs it, shows it, keeps its log; a stage that fails without a failed test counts as one.
stage() {
  local name=$1 log="$logs/$1.log" began=$SECONDS status n_passed n_failed
  shift
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  read -r n_passed n_failed < <(count "$log")
  if [ "$status" != 0 ] && [ "$n_failed" = 0 ]; then n_failed=1; fi
  [ "$status" = 0 ] || broken="$broken $name"
  passed=$((passed + n_passed))
  failed=$((failed + n_failed))
  printf '== %s: %s passed, %s failed, %s s\n' "$name" "$n_passed" "$n_failed" $((SECONDS - began))
}

# Adds up the closing lines of cargo test, Vitest and node's test runner.
count() {
  sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
    /^test result:/ { p += $4; f += $6 }
    /^ *Tests +/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i - 1); if ($i ~ /^failed/) f += $(i - 1) } }
    /^# pass / || /^ℹ pass / { p += $3 }
    /^# fail / || /^ℹ fail / { f += $3 }
    END { print p + 0, f + 0 }'
}

page_checks() { (cd ui && npm run -s check); }
page_tests() { (cd ui && npm run -s test); }
# A warning of ours fails; those of what Stet is made of are not shown.
lints() {
  local log="$logs/warnings.log"
  cargo fmt --check && cargo build --all-targets --features shell 2>&1 | tee "$log" && ! grep -q '^warning: `stet-desk`' "$log"
}

stage page-set-up make ui/node_modules/.package-lock.json tests/node_modules/.package-lock.json
stage page-lints page_checks
stage page-tests page_tests
stage page-build make page
stage lints lints
# With the window’s feature, so that what Stet is made of is built once for tests and window.
stage rust-tests cargo test --features shell --no-fail-fast
stage window-build make desk-debug target/tools/bin/tauri-driver
stage page-in-a-browser tests/unplugged.sh node --test --test-reporter=spec tests/page/*.test.mjs
stage real-window tests/unplugged.sh node --test --test-reporter=spec tests/window/*.test.mjs

printf '\n'
[ -z "$broken" ] || printf 'Stages that failed:%s (logs in %s)\n' "$broken" "$logs"
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
