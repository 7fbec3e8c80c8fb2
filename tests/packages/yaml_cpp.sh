#!/bin/bash
# yaml-cpp: CMake, a static library, and tests by GoogleTest.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=yaml-cpp
# Without the regular expressions, in which the tests make 130 million calls.
options=(-fomni-ns=YAML '-fomni-exclude=YAML::RegEx,YAML::*CharSource*,YAML::Stream')

build() {
  cmake -G Ninja -B out -DCMAKE_CXX_COMPILER="$1" -DCMAKE_CXX_FLAGS="${*:2}" \
    -DYAML_CPP_BUILD_TESTS=ON
  cmake --build out
}
run_tests() { ./out/test/yaml-cpp-tests; }
count_passed() { sed -n 's/^\[  PASSED  \] \([0-9]*\) tests.$/\1/p'; }

main "$@"
