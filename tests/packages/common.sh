# Builds a Debian source package at -O0 and -O2, with Clang and with omni-clang++, and runs the
# package's own tests each time: as many have to pass traced as plain, and every workspace that was
# recorded on the way has to be sound. A script defines these, then calls `main "$@"`:
#
#   package=NAME               of the Debian source
#   options=(-fomni-ns=...)    what to trace of it
#   build COMPILER OPTIONS     builds in the current directory, the unpacked source
#   run_tests                  runs the tests; fails when they do
#   count_passed < OUTPUT      of run_tests: how many passed
set -euo pipefail
shopt -s nullglob
here=$(dirname "${BASH_SOURCE[0]}")
source "$here/debian_source.sh"
source "$here/workspaces.sh"

# Unpacks, builds and tests one variant in its own folder; prints the number of passed tests.
try_variant() {
  local variant=$1
  shift
  dpkg-source --no-check -x ./*.dsc "$variant" > "$variant.log" 2>&1
  (
    cd "$variant"
    build "$@"
    run_tests > ../"$variant.tests" 2>&1
  ) >> "$variant.log" 2>&1 || fail "$package $variant: $(tail -n 20 "$variant.log" "$variant.tests")"
  count_passed < "$variant.tests"
}

main() {
  local build_dir=$1 clang=$2 level plain traced calls
  omnitrace=$build_dir/bin/omnitrace
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cd "$work"
  fetch_source "$package"
  for level in -O0 -O2; do
    plain=$(try_variant "plain$level" "$clang" "$level")
    mkdir "workspaces$level"
    export OMNITRACE_OUT=$work/workspaces$level
    traced=$(try_variant "traced$level" "$build_dir/bin/omni-clang++" "$level" \
      "${options[@]}")
    unset OMNITRACE_OUT
    calls=$(count_calls "workspaces$level")
    rm -r "workspaces$level"
    echo "$package $level: $plain tests passed plain, $traced traced, $calls calls recorded"
    ((plain > 0 && plain == traced)) || fail "$package $level: $plain passed plain, $traced traced"
    ((calls > 0)) || fail "$package $level: nothing was recorded"
  done
}
