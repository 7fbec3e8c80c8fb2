// A longjmp ends the calls that it leaves: into traced and untraced functions, out of a deep
// recursion, again from the same place, out of handlers on both stacks.
// RUN: %record | FileCheck %s
#include <setjmp.h>
#include <signal.h>

#include <cstdio>

sigjmp_buf target;

namespace foo {
void deep(int n) {
  if (n == 0) siglongjmp(target, 1);
  deep(n - 1);
  printf("never %d\n", n);
}
void after(int) {}
void jumps() { siglongjmp(target, 1); }
void handler(int) {
  after(8);
  jumps();
}
void raises() {
  raise(SIGUSR1);
  puts("never");
}
void lands(int n) {
  if (sigsetjmp(target, 1) == 0) {
    deep(n);
  } else {
    after(2);
  }
  after(3);
}
}  // namespace foo

void raise_with(int flags) {
  struct sigaction action = {};
  action.sa_handler = foo::handler;
  action.sa_flags = flags;
  sigaction(SIGUSR1, &action, nullptr);
  if (sigsetjmp(target, 1) == 0) foo::raises();
  foo::after(9);
}

int main() {
  if (sigsetjmp(target, 1) == 0) foo::deep(1);
  foo::after(1);
  // CHECK:      {{^}}  foo::deep(n=1) (left without returning)
  // CHECK-NEXT: {{^}}    foo::deep(n=0) (left without returning)
  // CHECK-NEXT: {{^}}  foo::after(1)
  foo::lands(1);
  foo::after(4);
  // CHECK-NEXT: {{^}}  foo::lands(n=1)
  // CHECK-NEXT: {{^}}    foo::deep(n=1) (left without returning)
  // CHECK-NEXT: {{^}}      foo::deep(n=0) (left without returning)
  // CHECK-NEXT: {{^}}    foo::after(2)
  // CHECK-NEXT: {{^}}    foo::after(3)
  // CHECK-NEXT: {{^}}  foo::after(4)
  for (volatile int i = 0; i < 3; i = i + 1) {
    if (sigsetjmp(target, 1) == 0) foo::jumps();
  }
  // CHECK-NEXT: {{^}}  foo::jumps() (left without returning)
  // CHECK-NEXT: {{^}}  foo::jumps() (left without returning)
  // CHECK-NEXT: {{^}}  foo::jumps() (left without returning)
  raise_with(0);
  // CHECK-NEXT: {{^}}  foo::raises() (left without returning)
  // CHECK-NEXT: {{^}}    foo::handler(10) (left without returning)
  // CHECK-NEXT: {{^}}      foo::after(8)
  // CHECK-NEXT: {{^}}      foo::jumps() (left without returning)
  // CHECK-NEXT: {{^}}  foo::after(9)
  static char stack[1 << 16];
  stack_t alternate = {};
  alternate.ss_sp = stack;
  alternate.ss_size = sizeof(stack);
  sigaltstack(&alternate, nullptr);
  raise_with(SA_ONSTACK);
  // CHECK-NEXT: {{^}}  foo::raises() (left without returning)
  // CHECK-NEXT: {{^}}    foo::handler(10) (left without returning)
  // CHECK-NEXT: {{^}}      foo::after(8)
  // CHECK-NEXT: {{^}}      foo::jumps() (left without returning)
  // CHECK-NEXT: {{^}}  foo::after(9)
  if (sigsetjmp(target, 1) == 0) foo::deep(50'000);
  foo::after(5);
  // CHECK:      {{^}}  foo::after(5)
}
