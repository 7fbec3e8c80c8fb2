// Units that share inline functions and are optimised together when they are linked, as objects,
// from an archive, and next to a unit that is not: each call is recorded once.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: for start in record standby; do for flags in "-O0 -flto" "-O2 -flto" "-O2 -flto=thin"; do \
// RUN:   build="%omni $flags -fomni-ns=foo -fomni-start=$start" && \
// RUN:   $build -DNAME=one -c %inputs/copies.cc -o one.o && \
// RUN:   $build -DNAME=two -c %inputs/copies.cc -o two.o && \
// RUN:   %omni -O2 -fomni-ns=foo -fomni-start=$start -DNAME=two -c %inputs/copies.cc \
// RUN:     -o object.o && \
// RUN:   $build -I%inputs -c %s -o main.o && rm -f units.a *.omni && \
// RUN:   llvm-ar rc units.a one.o two.o && \
// RUN:   %omni $flags -fuse-ld=lld main.o one.o two.o -o objects && \
// RUN:   %omni $flags -fuse-ld=lld main.o units.a -o archive && \
// RUN:   %omni $flags -fuse-ld=lld main.o one.o object.o -o mixed || exit 1; \
// RUN:   for app in objects archive mixed; do \
// RUN:     OMNITRACE_MODE=record OMNITRACE_OUT=$app.omni ./$app && %omnitrace verify $app.omni && \
// RUN:     %omnitrace tree --stable $app.omni | FileCheck %s || exit 1; done; done; done
#include "copies.h"

int main() {
  return foo::one(1) + foo::two(2) - 9;
  // CHECK:      {{^}}  foo::one(n=1) -> 3
  // CHECK-DAG:  {{^}}    foo::shared(n=1) -> 1
  // CHECK-DAG:  {{^}}    foo::twice<int>(n=1) -> 2
  // CHECK:      {{^}}  foo::two(n=2) -> 6
  // CHECK-DAG:  {{^}}    foo::shared(n=2) -> 2
  // CHECK-DAG:  {{^}}    foo::twice<int>(n=2) -> 4
  // CHECK-NOT:  foo::
}
