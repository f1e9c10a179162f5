#!/usr/bin/env bash
# Makes the dictionaries beside this file anew from the npm packages dictionary-en and dictionary-en-gb: the rules (.aff)
# with the licence before them as comments, so that the notice goes wherever the program goes, the words (.dic) packed
# with zstd, which takes 550 KB to 170.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

pack() { # name package@version
  mkdir "$1"
  tar xzf "$(npm pack --silent "$2")" -C "$1" --strip-components 1
  { echo "# $1.aff and $1.dic as the npm package $2 has them (MIT AND BSD); by pack.sh beside this file."; echo '#'
    sed 's/^/# /; s/ *$//' "$1/license"; echo; cat "$1/index.aff"; } > "$here/$1.aff"
  zstd -19 -q -f --no-progress "$1/index.dic" -o "$here/$1.dic.zst"
}
pack en_US dictionary-en@4.0.0
pack en_GB dictionary-en-gb@3.0.0
