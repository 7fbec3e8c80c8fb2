// In a record build small functions stay functions: a copy inlined into each caller would have hooks
// of its own. What must be inlined is, and a standby build inlines as if nothing was traced.
// RUN: %clang -O2 %plugin -S -emit-llvm %s -o - | FileCheck %s
// RUN: %clang -O2 %plugin -fplugin-arg-omnitrace-start=standby -S -emit-llvm %s -o - \
// RUN:   | FileCheck %s --check-prefix=STANDBY
namespace foo {
int small(int n) {
  for (int i = 2; i < n; ++i) n += i % 7;
  return n;
}
[[gnu::always_inline]] inline int forced(int n) { return n * 5; }
// CHECK-LABEL: define {{.*}}callers
// CHECK-NOT: call {{.*}}@_ZN3foo6forcedEi(
// CHECK: call {{.*}}@_ZN3foo5smallEi(
// CHECK: call {{.*}}@_ZN3foo5smallEi(
// CHECK: ret i32
// STANDBY-LABEL: define {{[^@]*}}@_ZN3foo7callersEi(
// STANDBY-NOT: call {{.*}}@_ZN3foo5smallEi(
// STANDBY: ret i32
int callers(int n) { return small(n) + small(n + 9) + forced(n); }
}  // namespace foo
