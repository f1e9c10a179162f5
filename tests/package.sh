#!/usr/bin/env bash
# Proves the .deb: installs it, starts the window from it, runs the companion from it, removes it, and looks for leavings.
set -euo pipefail
cd "$(dirname "$0")/.."
deb=$(ls -t target/release/bundle/deb/*.deb | head -n 1)
name=$(dpkg-deb -f "$deb" Package)
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
home=$(mktemp -d)
display_pid=""
window_pid=""
tidy() {
  [ -z "$window_pid" ] || kill "$window_pid" 2>/dev/null || true
  [ -z "$display_pid" ] || kill "$display_pid" 2>/dev/null || true
  $as_root dpkg -r "$name" >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap tidy EXIT

$as_root apt-get -o DPkg::Lock::Timeout=500 install -y -qq --no-install-recommends "./$deb" >/dev/null
echo "installed $name from $(basename "$deb"), $(du -h "$deb" | cut -f1)"
stet --version
printf 'Pier to reopen\n\nThe pier reopens on Friday.\n' > "$home/pier.txt"
HOME=$home XDG_DATA_HOME=$home/data stet import "$home/pier.txt"
HOME=$home XDG_DATA_HOME=$home/data stet drafts | grep -q pier || { echo "the installed companion keeps no pieces" >&2; exit 1; }

exec 3< <(exec Xvfb -displayfd 1 -screen 0 1400x900x24 -nolisten tcp -noreset 2>/dev/null)
display_pid=$!
read -r number <&3
HOME=$home XDG_DATA_HOME=$home/data DISPLAY=:$number GDK_BACKEND=x11 stet-desk &
window_pid=$!
for _ in $(seq 200); do
  DISPLAY=:$number xdotool search --onlyvisible --name Stet >/dev/null 2>&1 && shown=yes && break
  sleep 0.1
done
[ "${shown:-}" = yes ] || { echo "the installed window did not open" >&2; exit 1; }
echo "the installed window opens"
kill "$window_pid"
wait "$window_pid" 2>/dev/null || true
window_pid=""

$as_root dpkg -r "$name" >/dev/null
for file in /usr/bin/stet /usr/bin/stet-desk /usr/share/applications/*tet*.desktop; do
  [ ! -e "$file" ] || { echo "left behind: $file" >&2; exit 1; }
done
echo "removed, nothing left behind"
