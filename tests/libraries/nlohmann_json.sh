#!/bin/bash
# nlohmann_json: tests by a doctest of its own. Usage: nlohmann_json.sh TOOLS CLANG [LEVEL...]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=nlohmann-json3
namespaces=nlohmann
flags=(-std=c++17 -w -Iinclude -Itests/thirdparty/doctest)

public_headers() { find include -name '*.hpp'; }
programs() {
  local test
  for test in ordered_json diagnostics allocator class_lexer; do
    echo "$test tests/src/unit-$test.cpp tests/src/unit.cpp"
  done
}
run() { "./out/$1" --no-version; }

main "$@"
