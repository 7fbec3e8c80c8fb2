#!/bin/bash
# doctest: its own tests, some of which fail on purpose. Usage: doctest.sh TOOLS CLANG [LEVEL...]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=doctest
namespaces=doctest
flags=(-std=c++17 -I. -Idoctest/parts)
expected_status=1

# Without the extensions for MPI, which need its libraries.
public_headers() { ls doctest/{doctest,parts/doctest_fwd,extensions/doctest_util}.h; }
programs() {
  echo all_features "$(ls examples/all_features/*.cpp | grep -v assert_returns_ | xargs)"
}
# What the threads of concurrency.cpp print is in any order.
run() { "./out/$1" --no-version '--source-file-exclude=*concurrency.cpp'; }

main "$@"
