# Builds a header-only library's own tests from Debian's sources at each level, by Clang and by
# omni-clang++, and runs them: traced or not, they have to print the same and end with the same
# status, and every workspace has to be sound. `omnitrace select` has to list what -fomni-explain tells
# of them, and Clang's own instrument has to count the same calls at -O0. A script defines these, then
# calls `main "$@"`, whose arguments are the folder with bin/omni-clang++, Clang, and the levels
# (-O0 -O2):
#
#   package=NAME           of the Debian source
#   namespaces=LIST        the library's own
#   flags=(...)            of every compilation, in the top folder of the source
#   libraries=(...)        of every link; may be missing
#   expected_status=N      of every program; 0 when missing
#   public_headers         prints their paths
#   programs               prints a line for each: NAME SOURCE...
#   unpack=PATTERN         of the files that are needed; all when missing
#   prepare                is called in the unpacked source; may be missing
#   run NAME               runs out/NAME; may be missing when it needs no arguments
set -euo pipefail
shopt -s nullglob globstar
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../packages/debian_source.sh"
source "$here/../packages/workspaces.sh"
libraries=()
expected_status=0
unpack='*'

prepare() { :; }
run() { "./out/$1"; }

# Prints the rules that build all programs into the folder out.
ninja_file() {
  local name sources
  printf 'rule compile\n  command = %s -MMD -MF $out.d -c $in -o $out\n' \
    "$(printf '%q ' "$@" "${flags[@]}")"
  printf 'rule link\n  command = %s $in -o $out %s\n' "$(printf '%q ' "$@")" "${libraries[*]}"
  programs | cut -d ' ' -f 2- | tr ' ' '\n' | sort -u |
    sed 's|.*|build out/objects/&.o: compile &|'
  while read -r name sources; do
    echo "build out/$name: link $(sed -E 's|[^ ]+|out/objects/&.o|g' <<< "$sources")"
  done < <(programs)
}

# The same folder for all variants, because programs print their own path.
build() {
  rm -rf out
  mkdir out
  ninja_file "$@" > out/build.ninja
  ninja --quiet -f out/build.ninja > ../build.log 2>&1 ||
    fail "$package: $*: $(tail -n 40 ../build.log)"
}

# Leaves what each program has printed, and its status, in ../printed/VARIANT.
run_all() {
  local name status printed=../printed/$1
  rm -rf ../workspaces ../errors
  mkdir -p "$printed" ../workspaces
  while read -r name _; do
    status=0
    run "$name" > "$printed/$name" 2>> ../errors < /dev/null || status=$?
    echo "status $status" >> "$printed/$name"
  done < <(programs)
}

# Fails when less than half of the public headers were included.
check_headers() {
  local all included
  all=$(public_headers | xargs realpath | sort -u)
  included=$(cat out/objects/**/*.d | tr -s ' \\:' '\n' | sed '/^$/d' | sort -u |
    xargs realpath --canonicalize-missing | sort -u | comm -12 - <(echo "$all") | wc -l)
  all=$(wc -l <<< "$all")
  echo "$package: $included of $all public headers"
  ((included * 2 >= all)) || fail "$package: less than half of the public headers are included"
}

# Runs what was built last and compares it with the plain programs. Sets calls.
check_run() {
  local variant=$1
  run_all "$variant"
  diff -r ../printed/plain "../printed/$variant" > ../difference ||
    fail "$package $variant: plain (<) and traced (>) differ: $(tail -n 40 ../difference ../errors)"
  calls=$(count_calls ../workspaces)
  echo "$package $variant: $calls calls, after $SECONDS s"
}

check_plain() {
  local failed
  build "$clang" "$1"
  check_headers
  rm -rf ../printed
  run_all plain
  failed=$(grep -L -x "status $expected_status" ../printed/plain/* || true)
  [[ -z $failed ]] || fail "$package $1: without tracing: $failed: $(tail -n 20 $failed)"
}

check_selection() {
  ninja -f out/build.ninja -t compdb compile > compile_commands.json
  "$here/../support/same_selection.py" ../build.log "$omnitrace" '*' > ../difference ||
    fail "$package: $(tail -n 40 ../difference)"
  echo "$package: $(tail -n 1 ../difference), after $SECONDS s"
}

# Without the limits that keep the other runs short. Leaves the traced programs in out.
check_counts() {
  local name libraries=("${libraries[@]}" ../hooks.o)
  "$clang" -std=c++20 -g -c "$here/../support/count_calls.cc" -o ../hooks.o
  build "$clang" "$1" -g -finstrument-functions
  rm -rf ../workspaces ../counted
  mkdir ../workspaces
  while read -r name _; do
    COUNTS=$work/$name.counts run "$name" > ../log 2>&1 < /dev/null || true
  done < <(programs)
  mv out ../counted
  build "$omni_clang" "$1" '-fomni-ns=*'
  while read -r name _; do
    OMNITRACE_LIMITS='' OMNITRACE_OUT=$work/workspaces/$name.omni run "$name" > ../log 2>&1 \
      < /dev/null || true
    "$here/../counts/compare.py" --bin "$(dirname "$omnitrace")" --clang "$clang" \
      --recorded "../workspaces/$name.omni" --counted "../counted/$name" "../$name.counts" \
      > ../difference || fail "$package $1: $(head -n 40 ../difference)"
    echo "$package $1: $(head -n 1 ../difference) counted and recorded, after $SECONDS s"
  done < <(programs)
}

check_level() {
  local calls everything
  check_plain "$1"
  build "$omni_clang" "$1" "-fomni-ns=$namespaces"
  check_run "$1-namespaces"
  ((calls > 0)) || fail "$package: nothing was recorded"
  build "$omni_clang" "$1" '-fomni-ns=*' -fomni-explain
  [[ $1 != -O0 ]] || check_selection
  check_run "$1-everything"
  everything=$calls
  ((everything > 0)) || fail "$package: nothing was recorded"
  build "$omni_clang" "$1" '-fomni-ns=*' -fomni-start=standby
  OMNITRACE_MODE=standby check_run "$1-standby"
  ((calls == 0)) || fail "$package: $calls calls were recorded in standby"
  OMNITRACE_MODE=record check_run "$1-woken"
  ((calls == everything)) || fail "$package: $calls calls instead of $everything"
  [[ $1 != -O0 ]] || check_counts "$1"
}

main() {
  local level levels=(-O0 -O2)
  omni_clang=$1/bin/omni-clang++ omnitrace=$1/bin/omnitrace clang=$2
  (($# == 2)) || levels=("${@:3}")
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cd "$work"
  fetch_source "$package" --tar-only
  mkdir source
  tar -x -f ./*.orig.tar.* --strip-components=1 -C source --wildcards "$unpack"
  cd source
  prepare
  export OMNITRACE_OUT=$work/workspaces
  for level in "${levels[@]}"; do check_level "$level"; done
}
