// Tail recursion with an accumulator (clang 19 refuses its own musttail there), a musttail call
// that must stay one, and a depth that only jumps can reach.
// RUN: %trace %s -std=c++17 | FileCheck %s
namespace foo {
int accumulates(int n) { return n <= 1 ? 1 : n * accumulates(n - 1); }
int jumps(int n) {
  if (n == 0) return 42;
  [[clang::musttail]] return jumps(n - 1);
}
}  // namespace foo

int main() {
  foo::accumulates(2);
  // CHECK: > foo::accumulates(n=2)
  // CHECK-NEXT:   > foo::accumulates(n=1)
  // CHECK-NEXT:   < foo::accumulates = 1
  // CHECK-NEXT: < foo::accumulates = 2
  foo::jumps(1);
  // The caller's frame is gone when the callee runs.
  // CHECK-NEXT: > foo::jumps(n=1)
  // CHECK-NEXT: < foo::jumps
  // CHECK-NEXT: > foo::jumps(n=0)
  // CHECK-NEXT: < foo::jumps = 42
}
