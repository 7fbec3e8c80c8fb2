#!/usr/bin/env bash
# probes.sh SOURCE FLAGS...: builds SOURCE by all compilers with the flags, and runs it off and
# recording. Fails at a warning, when recording changes what the program prints or returns, when a
# workspace is not sound, or a copy of it not the same, and when two builds of a kind record different
# events. Leaves the trees in without_plugin.tree and with_plugin.tree, and the program's output in
# output.
# Environment: CLANG, BUILD, WORK (a scratch folder).
set -euo pipefail
source=$1
check_copy=$(realpath "$(dirname "$0")/../../support/check_copy.sh")
shift
rm -rf "$WORK" && mkdir -p "$WORK" && cd "$WORK"
strict=(-Wall -Wextra -pedantic -Wshadow -Werror "-I$BUILD/include")

fail() {
  echo "$*" >&2
  exit 1
}

run() { # run FOLDER MODE
  local status=0
  (cd "$1" && OMNITRACE_MODE=$2 ./app > "$2.out" 2>&1) || status=$?
  echo "status $status" >> "$1/$2.out"
}

try() { # try KIND COMPILER FLAGS...: one build
  local kind=$1 folder
  shift
  folder=$(mktemp -d "$PWD/way.XXX")
  "$@" "${strict[@]}" "$source" -o "$folder/app" "-L$BUILD/lib" -lomnitrace || fail "not built: $*"
  run "$folder" off
  [[ -e output ]] || cp "$folder/off.out" output
  diff output "$folder/off.out" >&2 || fail "off, it has another output: $*"
  run "$folder" record
  diff output "$folder/record.out" >&2 || fail "recording changes its output: $*"
  "$BUILD/bin/omnitrace" verify "$folder" > /dev/null || fail "no sound workspace: $*"
  "$check_copy" "$BUILD/bin" "$folder"/*.omni || fail "no equal copy: $*"
  "$BUILD/bin/omnitrace" tree --stable "$folder" > "$folder/tree"
  [[ -e $kind.tree ]] || cp "$folder/tree" "$kind.tree"
  diff "$kind.tree" "$folder/tree" >&2 || fail "it has other events than the first build: $*"
}

try without_plugin g++ -std=c++17 -O0 "$@"
try without_plugin g++ -std=c++20 -O2 "$@"
try without_plugin "$CLANG" -std=c++17 -O2 "$@"
try without_plugin "$CLANG" -std=c++20 -O0 -stdlib=libc++ "$@"
try with_plugin "$BUILD/bin/omni-clang++" -fomni-start=standby -std=c++17 -O0 "$@"
try with_plugin "$BUILD/bin/omni-clang++" -fomni-start=standby -std=c++20 -O2 "$@"
try with_plugin "$BUILD/bin/omni-clang++" -fplugin=omnitrace.so -std=c++17 -O2 "$@"
try with_plugin "$BUILD/bin/omni-clang++" -fomni-start=record -stdlib=libc++ -std=c++20 -O0 "$@"
