// One inline function in a program and in two shared libraries: switched on by name in a program
// that started in standby, all its copies record, also where each library keeps its own.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: for flags in -O0 -O2 -fvisibility=hidden "-O2 -fuse-ld=lld -Wl,-Bsymbolic"; do \
// RUN:   build="%omni $flags -fomni-ns=foo -fomni-start=standby" && \
// RUN:   $build -DNAME=one -shared -fPIC %inputs/copies.cc -o libone.so && \
// RUN:   $build -DNAME=two -shared -fPIC %inputs/copies.cc -o libtwo.so && \
// RUN:   $build -I%inputs %s -L. -lone -ltwo -Wl,-rpath,%t -o app && rm -f *.omni && \
// RUN:   ./app > out && %omnitrace verify *.omni && %omnitrace tree --stable *.omni > tree && \
// RUN:   FileCheck %s < tree && FileCheck %s --check-prefix=OUT < out || exit 1; done
#include <omnitrace/omnitrace.h>

#include "copies.h"

namespace foo {
int own(int n) { return shared(n) + one(n + 1) + two(n + 2) + twice(n + 3); }
}  // namespace foo

int main() {
  int sum = foo::own(1);
  // OUT: shared 1
  omnitrace::trace("foo::shared");
  sum += foo::own(2);
  // CHECK:      thread 1 (app)
  // CHECK-NEXT: {{^}}  foo::shared(n=2) -> 2
  // CHECK-NEXT: {{^}}  foo::shared(n=3) -> 3
  // CHECK-NEXT: {{^}}  foo::shared(n=4) -> 4
  omnitrace::trace("foo::one,foo::twice*");
  omnitrace::untrace("foo::shared");
  sum += foo::own(3);
  // CHECK-NEXT: {{^}}  foo::one(n=4) -> 12
  // CHECK-NEXT: {{^}}    foo::twice<int>(n=4) -> 8
  // CHECK-NEXT: {{^}}  foo::twice<int>(n=5) -> 10
  // CHECK-NEXT: {{^}}  foo::twice<int>(n=6) -> 12
  omnitrace::untrace("*");
  sum += foo::own(4);
  // CHECK-NOT:  foo::
  // OUT: twice 7
  return sum - 150;
}
