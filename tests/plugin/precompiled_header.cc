// Marks of the process that wrote a precompiled header are not taken for this one's.
// RUN: mkdir -p %t && cd %t
// RUN: %clang %plugin -x c++-header %S/inputs/library.cc -o lib.pch
// RUN: %clang %plugin -include-pch lib.pch %s %hooks -o app && CALLS=calls ./app && FileCheck %s < calls
namespace foo {
int own(int x) { return x; }
}  // namespace foo
int main() { return foo::own(3) + foo::library(1) - 5; }
// CHECK: > foo::own(x=3)
// CHECK-NEXT: < foo::own = 3
