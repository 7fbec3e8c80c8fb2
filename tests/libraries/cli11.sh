#!/bin/bash
# CLI11: tests by Catch2. Usage: cli11.sh TOOLS CLANG [LEVEL...]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=cli11
namespaces=CLI
flags=(-std=c++17 -Iinclude)

public_headers() { ls include/CLI/*.hpp; }
programs() {
  local test
  for test in HelpersTest OptionTypeTest; do
    echo "$test tests/$test.cpp tests/main.cpp"
  done
}
# The tests look for the folder ../tests.
run() (cd tests && "../out/$1")

main "$@"
