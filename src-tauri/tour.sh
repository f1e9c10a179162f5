#!/usr/bin/env bash
# The sample story's job done in the terminal: import, find, check, compare, export. Leaves the files in out/tour/.
set -euo pipefail
cd "$(dirname "$0")/.."
stet=target/debug/stet
out=out/tour
sample=src-tauri/sample
rm -rf "$out"
mkdir -p "$out"

# step WORDS… : says and does one step; exit 1 means an editor is needed, which is what the sample is for.
step() {
  printf '\n$ stet %s\n' "$*"
  "$stet" "$@" || [ $? = 1 ]
}

desk=$out/desk.sqlite
step import "$sample/ferry-sale.2.md" --desk "$desk"
step import "$sample/ferry-sale.md" --into ferry-sale --desk "$desk"
step import "$sample"/notes/*.md --notes --desk "$desk"
step drafts --desk "$desk"
step quotes "$sample/ferry-sale.md"
step check ferry-sale --desk "$desk"
step diff "$sample/ferry-sale.2.md" "$sample/ferry-sale.md"
step log ferry-sale --desk "$desk"
for format in md html txt docx proof; do
  case $format in proof) file=ferry-sale.proof.html ;; *) file=ferry-sale.$format ;; esac
  step export ferry-sale --as "$format" -o "$out/$file" --force --why "a tour of the sample" --by tour --desk "$desk"
done
step verify --desk "$desk"
printf '\nThe files are in %s.\n' "$out"
