// A switch turned inside a loop is noticed by the inlined copies of the function: the load stays.
// RUN: %clang -O2 %plugin -fplugin-arg-omnitrace-start=standby %s %hooks -o %t
// RUN: env ON=nothing CALLS=%t.calls %t && FileCheck %s < %t.calls
extern "C" char on __asm__("__omni_switch._ZN3foo4stepEi");
namespace foo {
inline int step(int x) { return x + 1; }
}  // namespace foo
int main(int argc, char**) {
  int x = 0;
  for (int i = 0; i < 3; ++i) {
    x += foo::step(argc);
    on = 1;
  }
  return x - 6;
}
// CHECK:      > foo::step(x=1)
// CHECK-NEXT: < foo::step = 2
// CHECK-NEXT: > foo::step(x=1)
// CHECK-NEXT: < foo::step = 2
// CHECK-NOT:  >
