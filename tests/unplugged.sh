#!/usr/bin/env bash
# Runs a command where there is no network but the loopback, and watches every network call of the programs of Stet that
# it starts: whatever leads outside this machine fails the run. Where the system allows no such place, or no watching, the
# command runs all the same, and a line says so.
# usage: unplugged.sh COMMAND…
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for need in "unshare --net true" "ip -V" "strace -qq -D -f -e trace=network -o $work/try true"; do
  if ! $need >/dev/null 2>&1; then
    echo "unplugged: this machine does not allow \`$need\`, so nobody watched whether Stet asks the network"
    exec "$@"
  fi
done

# Each program of Stet stands behind one that watches it; the process stays the program's own, so that tests can end it.
mkdir "$work/programs" "$work/calls"
for name in stet stet-desk; do
  printf '#!/bin/sh\nexec strace -D -f -qq -e trace=network -o "%s/%s.$$" "%s" "$@"\n' "$work/calls" "$name" "$root/target/debug/$name" >"$work/programs/$name"
  chmod +x "$work/programs/$name"
done
STET_PROGRAMS="$work/programs" unshare --net sh -c 'ip link set lo up && exec "$@"' sh "$@"
status=$?

# What asks or listens: an address of the internet that is not this machine's, or the asker of names on it.
asks='(connect|bind|sendto|sendmsg|sendmmsg)\(.*sa_family=AF_INET'
own='inet_addr\("127\.|inet_pton\(AF_INET6, "(::1|::ffff:127\.[0-9.]*)"'
cat "$work"/calls/* 2>/dev/null >"$work/all"
outside=$(grep -E "$asks" "$work/all" | grep -E "htons\(53\)" ; grep -E "$asks" "$work/all" | grep -vE "$own|htons\(53\)")
n_programs=$(find "$work/calls" -type f | wc -l)
n_calls=$(wc -l <"$work/all")
if [ "$n_programs" = 0 ]; then
  echo "unplugged: no program of Stet was started, so nothing was watched"
  exit 1
fi
if [ -n "$outside" ]; then
  printf 'unplugged: Stet asked the network:\n%s\n' "$(sort <<<"$outside" | uniq -c | head -20)"
  exit 1
fi
echo "unplugged: $n_programs programs, $n_calls network calls watched, none outside this machine"
exit $status
