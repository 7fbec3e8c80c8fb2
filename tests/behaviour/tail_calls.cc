// A musttail call stays a jump, however deep: a million of them need no stack. Its call ends when the
// next one begins, because nothing of it is left; its result, which is not known then, is zero.
// RUN: %record -std=c++17 | tail -n 3 | FileCheck %s
#include <sys/resource.h>

#include <cstdio>

namespace foo {
int odd(int n);
int even(int n) {
  if (n == 0) return 1;
  [[clang::musttail]] return odd(n - 1);
}
int odd(int n) {
  if (n == 0) return 0;
  [[clang::musttail]] return even(n - 1);
}
}  // namespace foo

int main() {
  rlimit stack = {256 << 10, 256 << 10};
  setrlimit(RLIMIT_STACK, &stack);
  std::printf("%d\n", foo::even(1000000));
}
// CHECK:      {{^}}  foo::even(n=2) -> 0
// CHECK-NEXT: {{^}}  foo::odd(n=1) -> 0
// CHECK-NEXT: {{^}}  foo::even(n=0) -> 1
