// A call that was inlined into a function that runs already, outside of its loops, when the inlined
// one is turned on is recorded from the outer one's next call on. Without optimisation nothing is
// inlined, and a function that calls omnitrace::trace itself sees its own next call.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: build="%omni -fomni-ns=foo -fomni-start=standby %s" && \
// RUN: $build -O0 -o app && OMNITRACE_OUT=0.omni ./app && \
// RUN: %omnitrace tree --stable 0.omni | FileCheck %s --check-prefixes=CHECK,UNOPTIMISED && \
// RUN: $build -O2 -o app && OMNITRACE_OUT=2.omni ./app && \
// RUN: %omnitrace tree --stable 2.omni | FileCheck %s
#include <omnitrace/omnitrace.h>

[[gnu::noinline]] void turn(void (*turner)(const char*), const char* function) { turner(function); }

namespace foo {
inline int inner(int x) { return x + 1; }
int running(int x) {
  turn(omnitrace::trace, "foo::inner");
  return inner(x);
}
int turning(int x) {
  omnitrace::trace("foo::inner");
  return inner(x);
}
}  // namespace foo

int main() {
  int sum = foo::running(1) + foo::running(2);
  turn(omnitrace::untrace, "*");
  return sum + foo::turning(3) - 9;
}
// CHECK:            thread 1 (app)
// UNOPTIMISED-NEXT: {{^}}  foo::inner(x=1) -> 2
// CHECK-NEXT:       {{^}}  foo::inner(x=2) -> 3
// CHECK-NEXT:       {{^}}  foo::inner(x=3) -> 4
// CHECK-NOT:        foo::
