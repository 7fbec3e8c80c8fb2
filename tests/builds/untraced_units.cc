// A traced and an untraced unit share an inline function and a template: both link orders print
// what the plain program prints. The linker keeps the first copy of each; if that is the traced
// one, calls from the untraced unit are recorded, too.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %clang -DNAME=one -c %inputs/copies.cc -o untraced.o
// RUN: %clang -I%inputs %s untraced.o -o plain && ./plain > plain.out
// RUN: for start in record standby; do for flags in -O0 -O2; do \
// RUN:   %omni $flags -fomni-ns=foo -fomni-start=$start -I%inputs -c %s -o traced.o && \
// RUN:   %omni traced.o untraced.o -o first && %omni untraced.o traced.o -o last && \
// RUN:   rm -f *.omni || exit 1; \
// RUN:   for app in first last; do \
// RUN:     OMNITRACE_MODE=record OMNITRACE_OUT=$app.omni ./$app > $app.out && \
// RUN:     diff plain.out $app.out && %omnitrace verify $app.omni && \
// RUN:     %omnitrace tree --stable $app.omni \
// RUN:     | FileCheck %s --check-prefixes=CHECK,$app --allow-unused-prefixes || exit 1; \
// RUN:   done; done; done
#include "copies.h"

namespace foo {
int own(int n) { return shared(n) + twice(n); }
}  // namespace foo

int main() {
  int sum = foo::own(1);
  // CHECK:      {{^}}  foo::own(n=1) -> 3
  // first-NEXT: {{^}}    foo::shared(n=1) -> 1
  // first-NEXT: {{^}}    foo::twice<int>(n=1) -> 2
  return sum + foo::one(2) - 9;
  // first-NEXT: {{^}}  foo::shared(n=2) -> 2
  // first-NEXT: {{^}}  foo::twice<int>(n=2) -> 4
  // CHECK-NOT:  foo::
}
