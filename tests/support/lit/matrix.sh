#!/usr/bin/env bash
# matrix.sh SOURCES FLAGS...: builds SOURCES (one argument) in each of these ways (an argument each,
# such as "-O2 -flto"): plain, and traced with namespace foo and with *, each as a record and as a
# standby build. Runs them all, the standby builds also with nothing switched on, and prints the
# trees of foo and of * (or of those in TREES: foo all). Fails when a traced program prints or returns something else than the plain
# one, when a workspace is not sound, when two builds record different calls, or when `omnitrace select`
# lists other functions than -fomni-explain does in the first way.
# Environment: CLANG, BIN (of the build), WORK (a scratch folder).
set -euo pipefail
read -ra sources <<< "$1"
shift
rm -rf "$WORK" && mkdir -p "$WORK" && cd "$WORK"

fail() {
  echo "with $way: $*" >&2
  exit 1
}

build() { # build FOLDER COMPILER [OPTION...]: FOLDER/app, compiled and linked with the flags
  local folder=$1
  shift
  mkdir -p "$folder/calls"
  "$@" "${flags[@]}" "${sources[@]}" -o "$folder/app" || fail "$folder cannot be built"
}

run() { # run FOLDER MODE: output and status go to FOLDER/MODE.out, workspaces to FOLDER/calls
  local status=0
  (cd "$1" && OMNITRACE_MODE=$2 OMNITRACE_OUT=$PWD/calls ./app > "$2.out" 2>&1) || status=$?
  echo "status $status" >> "$1/$2.out"
}

same_output() { # same_output FOLDER MODE
  diff plain/off.out "$1/$2.out" >&2 || fail "$1 ($2) has another output than plain"
}

same_calls() { # same_calls FOLDER REFERENCE: of a sound workspace
  "$BIN/omnitrace" verify "$1/calls" > "$1/verify" || fail "$1: $(cat "$1/verify")"
  "$BIN/omnitrace" tree --stable "$1/calls" > "$1/tree"
  [[ -e $2 ]] || cp "$1/tree" "$2"
  diff "$2" "$1/tree" >&2 || fail "$1 recorded other calls than the first build"
}

try() { # try GLOBS START: one traced build, in all modes that it has
  local globs=$1 folder=$2-${1/\*/all}
  build "$folder" "$BIN/omni-clang++" -fomni-ns="$globs" -fomni-start="$2"
  if [[ $2 == standby ]]; then
    run "$folder" standby
    same_output "$folder" standby
    [[ -z $(ls "$folder/calls") ]] || fail "$folder recorded without being asked"
  fi
  run "$folder" record
  same_output "$folder" record
  same_calls "$folder" "${globs/\*/all}.tree"
}

same_selection() { # what is compiled here is what compile_commands.json says
  local source separator='['
  for source in "${sources[@]}"; do
    [[ $source != *.* ]] && continue
    printf '%s{"directory": "%s", "file": "%s", "command": "%s"}' "$separator" "$PWD" "$source" \
      "$BIN/omni-clang++ ${flags[*]} -c $source"
    separator=,
  done > compile_commands.json
  echo ']' >> compile_commands.json
  "$BIN/omni-clang++" "${flags[@]}" -fomni-ns='*' -fomni-explain -S "${sources[@]}" > remarks 2>&1 ||
    fail "$(cat remarks)"
  "$(dirname "${BASH_SOURCE[0]}")/../same_selection.py" remarks "$BIN/omnitrace" '*' >&2 ||
    fail 'select and explain differ'
}

for way in "$@"; do
  read -ra flags <<< "$way"
  [[ -e remarks ]] || same_selection
  build plain "$CLANG"
  run plain off
  for globs in foo '*'; do
    for start in record standby; do try "$globs" $start; done
  done
  rm -r plain record-* standby-*
done
for tree in ${TREES:-foo all}; do cat "$tree.tree"; done
