// Units that were built to record and units that were built for standby, in one program: in both
// link orders all of them record, as one unit wants it, and none when told to wait.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: for level in -O0 -O2; do for starts in "record standby" "standby record"; do \
// RUN:   set -- $starts && rm -f *.omni && \
// RUN:   %omni $level -fomni-ns=foo -fomni-start=$1 -I%inputs -c %s -o main.o && \
// RUN:   %omni $level -fomni-ns=foo -fomni-start=$2 -DNAME=one -c %inputs/copies.cc -o one.o && \
// RUN:   %omni main.o one.o -o first && %omni one.o main.o -o last || exit 1; \
// RUN:   for app in first last; do \
// RUN:     OMNITRACE_MODE=standby ./$app && not ls *.omni && \
// RUN:     OMNITRACE_OUT=app.omni ./$app && %omnitrace verify app.omni && \
// RUN:     %omnitrace tree --stable app.omni | FileCheck %s && rm app.omni || exit 1; \
// RUN:   done; done; done
#include "copies.h"

namespace foo {
int two(int n) { return shared(n) * twice(n); }
}  // namespace foo

int main() {
  return foo::one(1) + foo::two(2) - 11;
  // CHECK:     foo::one(n=1) -> 3
  // CHECK-DAG:   foo::shared(n=1) -> 1
  // CHECK-DAG:   foo::twice<int>(n=1) -> 2
  // CHECK:     foo::two(n=2) -> 8
  // CHECK-DAG:   foo::shared(n=2) -> 2
  // CHECK-DAG:   foo::twice<int>(n=2) -> 4
}
