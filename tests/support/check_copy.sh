#!/usr/bin/env bash
# check_copy.sh BIN FILE...: copies each workspace by copy_workspace; the copies must verify, and have
# the same calls, to the nanosecond; copies of some functions alone, as many. BIN is the build's
# folder of programs.
set -euo pipefail
bin=$1
some='*e*'
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

copy() { # copy FILE COPY [GLOB]
  "$bin/copy_workspace" "$@"
  "$bin/omnitrace" verify "$2" > "$folder/verified" || { cat "$folder/verified" >&2; exit 1; }
}

calls() { # calls NAME OPTIONS... FILE: leaves them in a file of that name
  "$bin/omnitrace" calls "${@:2}" > "$folder/$1"
}

for file in "$@"; do
  copy "$file" "$folder/whole.omni"
  calls recorded --json "$file"
  calls copied --json "$folder/whole.omni"
  diff "$folder/recorded" "$folder/copied" >&2
  copy "$file" "$folder/some.omni" "$some"
  calls recorded --name "$some" "$file"
  calls copied "$folder/some.omni"
  diff <(wc -l < "$folder/recorded") <(wc -l < "$folder/copied") >&2
  rm "$folder"/*.omni
done
