// The plain version of a standby build is the plain body behind one compare and one branch.
// RUN: %clang -O2 %plugin -fplugin-arg-omnitrace-start=standby -fPIC -S %s -o - | FileCheck %s
namespace foo {
int f(int a, int b) { return a + b; }
}  // namespace foo
// CHECK-LABEL: _ZN3foo1fEii:
// CHECK:      cmpb $0, __omni_switch._ZN3foo1fEii(%rip)
// CHECK-NEXT: jne _ZN3foo1fEii.omni
// CHECK-NOT:  {{call|cmp|push}}
// CHECK:      retq
// CHECK-NEXT: .Lfunc_end0:
