// A first call after a longjmp that lies deeper than those that are gone stands beside them.
// XFAIL: *
// RUN: %record | FileCheck %s --strict-whitespace
#include <alloca.h>
#include <setjmp.h>

jmp_buf target;

namespace foo {
void jumps() { longjmp(target, 1); }
void after() {}
}  // namespace foo

// Not traced, and lower on the stack than what foo::jumps has left.
__attribute__((noinline)) void goes_deeper(unsigned bytes) {
  *static_cast<volatile char*>(alloca(bytes)) = 0;
  foo::after();
}

int main() {
  if (setjmp(target) == 0) foo::jumps();
  goes_deeper(4096);
}
// CHECK:      {{^}}  foo::jumps() (left without returning)
// CHECK-NEXT: {{^}}  foo::after()
