#!/usr/bin/env bash
# check_copy.sh BIN FILE...: copies each workspace by copy_workspace; the copies must verify, and have
# the same calls, to the nanosecond. BIN is the build's folder of programs.
set -euo pipefail
bin=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for file in "$@"; do
  copy=$folder/$(basename "$file")
  "$bin/copy_workspace" "$file" "$copy"
  "$bin/omnitrace" verify "$copy" > "$folder/verified" || { cat "$folder/verified" >&2; exit 1; }
  for which in file copy; do
    "$bin/omnitrace" calls --json "${!which}" > "$folder/$which.calls"
  done
  diff "$folder/file.calls" "$folder/copy.calls" >&2
  rm "$copy"
done
