#!/usr/bin/env bash
# Makes a Debian machine ready for Stet: asks apt only for what is absent, and says what it installs.
# usage: setup.sh build | pictures | test | bench | eval
set -euo pipefail

say() { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 2; }

# at_least NEEDED FOUND: is the version found at least the one needed?
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

need_rust=1.92
need_node=20.19
found_rust=$(rustc --version 2>/dev/null | awk '{print $2}' || true)
[ -n "$found_rust" ] && at_least "$need_rust" "$found_rust" ||
  stop "Rust $need_rust or newer is needed (found: ${found_rust:-none}). Get it from https://rustup.rs, then run this again."
found_node=$(node --version 2>/dev/null | tr -d v || true)
[ -n "$found_node" ] && at_least "$need_node" "$found_node" ||
  stop "Node $need_node or newer is needed (found: ${found_node:-none}). Get it from https://nodejs.org, then run this again."

packages="build-essential pkg-config libssl-dev libwebkit2gtk-4.1-dev"
case "${1:-build}" in
  build) ;;
  test) packages="$packages webkit2gtk-driver xvfb chromium xdotool imagemagick strace iproute2 poppler-utils dbus-bin dbus-daemon" ;;
  pictures) packages="$packages chromium" ;;
  bench) packages="$packages webkit2gtk-driver xvfb xdotool focuswriter libreoffice-writer pandoc" ;;
  eval) packages="$packages libreoffice-writer python3-uno pandoc poppler-utils epubcheck default-jre-headless abiword calibre python3-venv" ;;
  *) stop "unknown word '$1'. Say build, pictures, test, bench or eval." ;;
esac

absent=""
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || absent="$absent $package"
done
if [ -n "$absent" ]; then
  command -v apt-get >/dev/null || stop "these are missing and apt-get is not here to install them:$absent"
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo"
  say "installing with apt:$absent"
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get -o DPkg::Lock::Timeout=500 update -qq
  # shellcheck disable=SC2086
  $as_root apt-get -o DPkg::Lock::Timeout=500 install -y -qq --no-install-recommends $absent >/dev/null ||
    stop "apt could not install:$absent. Run it by hand to see why, then run this again."
fi
say "this machine has what Stet needs to ${1:-build}"
