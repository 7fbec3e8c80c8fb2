#!/usr/bin/env bash
# trace.sh SOURCE [OPTION...]: builds SOURCE plain and traced (namespace foo) at -O0 and -O2, each in
# a record and a standby build, runs all of them, and prints the calls. Fails when a traced program
# prints or returns something else than the plain one, or when two builds record different calls.
# Environment: CLANG, PLUGIN, HOOKS (print_calls.o), WORK (a scratch folder), NS (default foo).
set -euo pipefail
source=$1
shift
rm -rf "$WORK" && mkdir -p "$WORK" && cd "$WORK"

run() { # run NAME: the program's output and status go to NAME.out
  local status=0
  CALLS="$1.calls" "./$1" > "$1.out" 2>&1 || status=$?
  echo "status $status" >> "$1.out"
}

first=
for level in -O0 -O2; do
  "$CLANG" $level "$@" "$source" -o "plain$level"
  run "plain$level"
  for start in record standby; do
    name="$start$level"
    "$CLANG" $level "$@" -fplugin="$PLUGIN" -fplugin-arg-omnitrace-ns="${NS:-foo}" \
      -fplugin-arg-omnitrace-start=$start "$source" "$HOOKS" -o "$name"
    run "$name"
    diff "plain$level.out" "$name.out" >&2 || { echo "$name: another output" >&2; exit 1; }
    first=${first:-$name}
    diff "$first.calls" "$name.calls" >&2 || { echo "$name: other calls than $first" >&2; exit 1; }
  done
done
cat "$first.calls"
