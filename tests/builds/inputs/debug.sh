#!/usr/bin/env bash
# debug.sh SOURCE GLOBS GDB_OPTION...: builds SOURCE with -g plain, and traced as a record and as a
# standby build, runs each in gdb with these options, recording and not, and prints what gdb says of
# frames ("# ...") in the plain program. Fails when it says something else of a traced one.
# Environment: CLANG, BIN (of the build), WORK (a scratch folder), STARTS (record standby), MODES (off
# standby record), LEVEL (-O0).
set -euo pipefail
source=$1 globs=$2
shift 2
rm -rf "$WORK" && mkdir -p "$WORK" && cd "$WORK"

frames() { # frames PROGRAM MODE [GDB_OPTION...]: without addresses
  local program=$1 mode=$2
  shift 2
  OMNITRACE_MODE=$mode gdb -nx -q -batch "$@" "./$program" > log 2>&1 || true
  sed -n 's/0x[0-9a-f]*/0x/g; /^#/p' log
}

"$CLANG" -g "${LEVEL:--O0}" "$source" -o plain
frames plain off "$@" > plain.frames
for start in ${STARTS:-record standby}; do
  "$BIN/omni-clang++" -g "${LEVEL:--O0}" -fomni-ns="$globs" -fomni-start=$start "$source" -o $start
  for mode in ${MODES:-off standby record}; do
    frames $start $mode "$@" > frames
    diff plain.frames frames >&2 || different+=" $start($mode)"
  done
done
cat plain.frames
[[ -z ${different:-} ]] || { echo "not as in the plain program:$different" >&2 && exit 1; }
