#!/usr/bin/env bash
# record.sh SOURCE [OPTION...]: builds SOURCE plain and traced (namespace foo, and *) at -O0 and -O2,
# each in a record and a standby build, runs them all, also in standby with nothing switched on, and
# prints the tree of foo. Fails when a traced program prints or returns something else than the plain
# one, when a workspace is not sound, or when two builds record different calls.
# Environment: CLANG, BIN (of the build), WORK (a scratch folder), RUNS (how often to run each: 1).
set -euo pipefail
source=$1
shift
rm -rf "$WORK" && mkdir -p "$WORK" && cd "$WORK"

fail() {
  echo "$*" >&2
  exit 1
}

run() { # run PROGRAM MODE: its output and status go to PROGRAM.out, its workspaces to PROGRAM.calls/
  local status=0
  mkdir -p "$1.calls"
  OMNITRACE_MODE=$2 OMNITRACE_OUT=$PWD/$1.calls/ "./$1" > "$1.out" 2>&1 || status=$?
  echo "status $status" >> "$1.out"
  diff "plain$level.out" "$1.out" >&2 || fail "$1 ($2): another output than plain$level"
}

for level in -O0 -O2; do
  "$CLANG" $level "$@" "$source" -o "plain$level"
  ("./plain$level" || echo "status $?") > "plain$level.out" 2>&1
  grep -q '^status' "plain$level.out" || echo "status 0" >> "plain$level.out"
  for start in record standby; do
    for globs in foo '*'; do
      name=$start$level-${globs/\*/all}
      "$BIN/omni-clang++" $level "$@" -fomni-ns="$globs" -fomni-start=$start "$source" -o "$name"
      run "$name" record
      "$BIN/omnitrace" verify "$name.calls" > "$name.verify" || fail "$(cat "$name.verify")"
      [[ $globs == foo ]] || continue
      "$BIN/omnitrace" tree --stable "$name.calls" | sed "s/$name/app/" > "$name.tree"
      first=${first:-$name}
      diff "$first.tree" "$name.tree" >&2 || fail "$name: other calls than $first"
    done
  done
  # Off: the same program, with nobody who wants its calls.
  for globs in foo all; do
    run "standby$level-$globs" standby
  done
done
cat "$first.tree"
