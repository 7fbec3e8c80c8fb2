#!/bin/bash
# cppunit: autotools and libtool, with a shared library in between.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=cppunit
options=(-fomni-ns=CppUnit)

build() {
  ./configure --disable-doxygen CXX="$1" CXXFLAGS="${*:2}"
  make -j"$(nproc)"
}
# The suite that tests the library itself says how many of its cases passed.
run_tests() {
  make check
  cat examples/cppunittest/cppunittestmain.log
}
count_passed() { sed -n 's/^OK (\([0-9]*\).*)$/\1/p' | tail -n 1; }

main "$@"
