#!/bin/bash
# Installs into a fresh prefix, then uses the prefix as other projects would: by find_package, by
# pkg-config and by omni-clang++. The package files of the build tree have to work as well.
# Usage: install_test.sh BUILD_DIR CLANG
set -euo pipefail

build=$1
clang=$2
project=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/project
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
cmake --install "$build" --prefix "$prefix" > /dev/null

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# The calls of a workspace are exactly those that the project's options select.
expect_calls() {
  local calls
  calls=$("$prefix/bin/omnitrace" calls --json "$@" | sed -E 's/.*"name": ?"([^"]*)".*/\1/')
  [[ $calls == $'counting::total\ncounting::Counter<int>::add\ncounting::Counter<int>::add' ]] ||
    fail "unexpected calls in $*: $calls"
}

by_find_package() {
  cmake -G Ninja -S "$project" -B "$work/$1" -Domnitrace_DIR="$2/lib/cmake/omnitrace" \
    -DCMAKE_CXX_COMPILER="$3" > /dev/null
  cmake --build "$work/$1" > /dev/null
  OMNITRACE_OUT=$work/$1.omni "$work/$1/app"
  expect_calls "$work/$1.omni"
}
by_find_package installed "$prefix" "$clang"
by_find_package with_driver "$prefix" "$prefix/bin/omni-clang++"
by_find_package build_tree "$build" "$clang"

if cmake -S "$project" -B "$work/gcc" -Domnitrace_DIR="$prefix/lib/cmake/omnitrace" \
  -DCMAKE_CXX_COMPILER=g++ &> "$work/gcc.log"; then
  fail "omnitrace_trace accepted g++"
fi
grep -q "the plugin is for Clang 19" "$work/gcc.log" || fail "no clear error: $(cat "$work/gcc.log")"

options=(-fplugin-arg-omnitrace-ns='counting::Counter<int>,counting::total'
  -fplugin-arg-omnitrace-exclude='*::reset')
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
cc -c "$project/helper.c" -o "$work/helper.o"
# shellcheck disable=SC2046
"$clang" $(pkg-config --cflags omnitrace) "${options[@]}" "$project/main.cc" \
  "$project/counting.cc" "$work/helper.o" -o "$work/app" $(pkg-config --libs omnitrace)
OMNITRACE_OUT=$work/pkg_config.omni "$work/app"
expect_calls "$work/pkg_config.omni"

echo '#include <omnitrace/omnitrace.h>
int main() { OMNITRACE_PROBE("installed", 7); }' > "$work/probe.cc"
# shellcheck disable=SC2046
g++ -std=c++17 "$work/probe.cc" -o "$work/probe" $(pkg-config --cflags-only-I --libs omnitrace)
OMNITRACE_MODE=record OMNITRACE_OUT=$work/probe.omni "$work/probe"
[[ $("$prefix/bin/omnitrace" tree "$work/probe.omni" | tail -1) == '  installed(7=7)' ]] ||
  fail "the installed probes recorded $("$prefix/bin/omnitrace" tree "$work/probe.omni")"

for file in include/omnitrace/omnitrace.h lib/libomnitrace.a share/man/man1/omnitrace.1 \
  share/man/man1/omnitrace-tree.1 share/man/man1/omnitrace-where.1 share/man/man1/omni-clang++.1 \
  share/bash-completion/completions/omnitrace; do
  [[ -s $prefix/$file ]] || fail "$file is not installed"
done
echo "installed and used: $(find "$prefix" -type f | wc -l) files"
