#!/usr/bin/env bash
# same_outputs.sh SOURCE OPTIONS...: compiles a copy of SOURCE with each of these options (one
# argument each, such as "-MD -c"), plain and with everything traced. Fails unless both end with the
# same status, print the same and write files of the same names; what isn't code has to have the
# same content, too.
# Environment: CLANG, BIN (of the build), WORK (a scratch folder).
set -euo pipefail
source=$1
shift
rm -rf "$WORK" && mkdir -p "$WORK" && cd "$WORK"

compile() { # compile FOLDER COMPILER [OPTION...]
  local folder=$1 status=0
  shift
  rm -rf "$folder" && mkdir "$folder" && cp "$source" "$folder/source.cc"
  (cd "$folder" && "$@" "${options[@]}" source.cc > stdout 2> stderr) || status=$?
  echo "$status" > "$folder/status"
}

code=(-x '*.o' -x '*.s' -x '*.ll' -x '*.bc' -x '*.ast' -x '*.opt.yaml')
for line in "$@"; do
  read -ra options <<< "$line"
  compile plain "$CLANG"
  compile traced "$BIN/omni-clang++" -fomni-ns='*'
  diff <(ls plain) <(ls traced) && diff -r "${code[@]}" plain traced || {
    echo "with $line: another output than plain" >&2
    exit 1
  }
  echo "$line: status $(cat plain/status), $(ls plain | paste -sd " ")"
done
