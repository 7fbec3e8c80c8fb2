#!/bin/bash
# fmt: tests by GoogleTest, without its compiled library. Usage: fmt.sh TOOLS CLANG [LEVEL...]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=fmtlib
namespaces=fmt
flags=(-std=c++17 -Iinclude -DFMT_HEADER_ONLY)
libraries=(-lgmock -lgtest)
# Without limits they make millions of calls.
export OMNITRACE_LIMITS=calls=1000

public_headers() { ls include/fmt/*.h; }
programs() {
  local test
  for test in args color format std; do
    echo "$test test/$test-test.cc test/test-main.cc test/gtest-extra.cc test/util.cc src/os.cc"
  done
}
# The left out test prints whether the optimizer has removed an allocation, which nothing promises:
# plain Clang does so at -O2, and not at -O0 or -Oz.
run() { "./out/$1" --gtest_print_time=0 --gtest_filter=-util_test.format_system_error; }

main "$@"
