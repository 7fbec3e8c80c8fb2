#!/bin/bash
# RapidJSON: tests by GoogleTest. Usage: rapidjson.sh TOOLS CLANG [LEVEL...]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

package=rapidjson
namespaces=rapidjson
# Clang 19 finds an error in a template that no program uses, unless templates are parsed late.
flags=(-std=c++17 -w -Iinclude -DRAPIDJSON_HAS_STDSTRING=1 -fdelayed-template-parsing)
libraries=(-lgtest)
# Without limits they make millions of calls.
export OMNITRACE_LIMITS=calls=1000

public_headers() { find include -name '*.h'; }
programs() { echo unittest test/unittest/*.cpp; }
# Debian's source has no files for the JSON checker, and the others try millions of numbers.
filter='-JsonChecker.*:Reader.ParseNumber_*:Value.BigNested*:SIMD.Scan*'
run() { "./out/$1" --gtest_print_time=0 --gtest_filter="$filter"; }

main "$@"
