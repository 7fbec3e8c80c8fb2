// A traced and an untraced unit share inline functions and an extern template: both orders link,
// at both levels and in both builds, and the program does what it did.
// RUN: mkdir -p %t && cd %t
// RUN: for level in -O0 -O2; do for start in record standby; do \
// RUN:   %clang $level -c %S/inputs/untraced_unit.cc -o untraced.o && \
// RUN:   %clang $level -I%S/inputs %plugin -fplugin-arg-omnitrace-start=$start -c %s -o traced.o && \
// RUN:   %clang untraced.o traced.o %hooks -o first && %clang traced.o untraced.o %hooks -o last && \
// RUN:   CALLS=first.calls ./first && CALLS=last.calls ./last && \
// RUN:   FileCheck %s < first.calls && FileCheck %s < last.calls || exit 1; done; done
#include "shared_inline.h"
int untraced(int x);
namespace foo {
int own(int x) { return shared(x); }
}  // namespace foo
int main() { return foo::own(1) + untraced(1) + foo::Box<int>{4}.get() - 8; }
// CHECK: > foo::own(x=1)
// CHECK: < foo::own = 2
