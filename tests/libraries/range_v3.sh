#!/bin/bash
# range-v3: tests and examples that check themselves. Usage: range_v3.sh TOOLS CLANG [LEVEL...]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=range-v3
namespaces=ranges,concepts,meta
flags=(-std=c++20 -w -Iinclude)
libraries=(-lboost_program_options)

public_headers() { find include -name '*.hpp'; }
programs() {
  local source
  echo multiple test/multiple1.cpp test/multiple2.cpp
  for source in example/{calendar,hello} test/utility/variant test/view/{generate,join}; do
    echo "$(basename "$source") $source.cpp"
  done
}
run() {
  local arguments=()
  [[ $1 != calendar ]] || arguments=(2023)
  "./out/$1" "${arguments[@]}"
}

main "$@"
