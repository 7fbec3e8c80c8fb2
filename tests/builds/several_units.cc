// Two units share an inline function and a template, of which the linker keeps one copy: also where
// they are instrumented, collected, folded and stripped, each call is recorded once.
// RUN: shared="-I%inputs -DNAME=one"
// RUN: %matrix "%s %inputs/copies.cc" "$shared" \
// RUN:   "$shared -O1 -fsanitize=address,undefined" \
// RUN:   "$shared -O1 -fsanitize=thread" "$shared -fsanitize=memory" \
// RUN:   "$shared -O2 -ffunction-sections -Wl,--gc-sections -s" \
// RUN:   "$shared -O2 -ffunction-sections -fuse-ld=lld -Wl,--gc-sections,--icf=all" \
// RUN:   "$shared -O2 -ffunction-sections -fuse-ld=gold -Wl,--gc-sections,--icf=all" \
// RUN:   "$shared -static -fprofile-instr-generate -fcoverage-mapping" \
// RUN:   "$shared -O2 -fprofile-generate -g -gsplit-dwarf" | FileCheck %s
#include "copies.h"

namespace foo {
int two(int n) { return shared(n) * twice(n); }
}  // namespace foo

int main() {
  return foo::one(1) + foo::two(2);
  // CHECK:     foo::one(n=1) -> 3
  // CHECK-DAG:   foo::shared(n=1) -> 1
  // CHECK-DAG:   foo::twice<int>(n=1) -> 2
  // CHECK:     foo::two(n=2) -> 8
  // CHECK-DAG:   foo::shared(n=2) -> 2
  // CHECK-DAG:   foo::twice<int>(n=2) -> 4
}
