#!/bin/bash
# The tools of this repository, all of them traced, pass their own unit tests while they are recorded.
# Usage: own_tools.sh TOOLS SOURCE, where TOOLS has bin/omni-clang++.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../packages/workspaces.sh"
package=omnitrace
omnitrace=$1/bin/omnitrace
tests=(driver_test workspace_test tools_test flamegraph_test)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# CMake runs each test once to list its cases, which is not to be recorded. No ccache: it would keep
# what a compiler of another day has made.
export OMNITRACE_MODE=off
cmake -S "$2" -B "$work/build" -G Ninja -DCCACHE= -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_CXX_COMPILER="$1/bin/omni-clang++" -DCMAKE_CXX_FLAGS_RELEASE=-O1 \
  -DCMAKE_CXX_FLAGS="-fomni-ns=omnitrace -Wno-deprecated-declarations" \
  > "$work/log" 2>&1 || fail "cmake: $(tail -n 40 "$work/log")"
cmake --build "$work/build" --target "${tests[@]}" > "$work/log" 2>&1 ||
  fail "the build: $(tail -n 40 "$work/log")"
echo "built after $SECONDS s"

# Without limits the tests of damaged files make hundreds of millions of calls.
export OMNITRACE_MODE=record OMNITRACE_LIMITS=calls=1000
for test in "${tests[@]}"; do
  mkdir "$work/$test"
  OMNITRACE_OUT=$work/$test/ "$work/build/bin/$test" > "$work/log" 2>&1 ||
    fail "$test: $(tail -n 40 "$work/log")"
  calls=$(count_calls "$work/$test")
  ((calls > 0)) || fail "$test: nothing was recorded"
  echo "$test: $(tail -n 1 "$work/log"), $calls calls, after $SECONDS s"
done
