#!/bin/bash
# pugixml: an XML library with a makefile of its own that treats warnings as errors.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=pugixml
options=(-fomni-ns=pugi)

build() { make BUILD=out CXX="$*" -j"$(nproc)" all; }
run_tests() { ./out/test; }
count_passed() { sed -n 's/^Success: \([0-9]*\) tests passed.$/\1/p'; }

main "$@"
