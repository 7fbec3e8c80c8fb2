// In a record build small functions stay functions: a copy inlined into each caller would have hooks
// of its own. What must be inlined is, and a standby build inlines as if nothing was traced.
// RUN: %clang -O2 %plugin -S -emit-llvm %s -o - | FileCheck %s
// RUN: %clang -O2 %plugin -fplugin-arg-omnitrace-start=standby -S -emit-llvm %s -o - \
// RUN:   | FileCheck %s --check-prefix=STANDBY
namespace foo {
inline int small(int n) {
  int sum = 0;
  for (int i = n; i > 1; i /= 3) sum += i % 7;
  return sum;
}
[[gnu::always_inline]] inline int forced(int n) { return n * 5; }
// CHECK-LABEL: define {{.*}}callers
// CHECK-NOT: call {{.*}}forced
// CHECK: call {{.*}}small
// CHECK: call {{.*}}small
// CHECK: ret i32
// STANDBY-LABEL: define {{[^@]*}}@_ZN3foo7callersEi(
// STANDBY-NOT: call {{.*}}small{{.*}}Ei(
// STANDBY: ret i32
int callers(int n) { return small(n) + small(n + 9) + forced(n); }
}  // namespace foo
