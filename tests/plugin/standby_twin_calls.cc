// Where only twins are left to call a plain version, they call its twin, and it is gone. It stays
// where something else uses it, and where others are to run it below a function that is on.
// RUN: %clang -O2 %plugin -fplugin-arg-omnitrace-start=standby -S -emit-llvm %s -o %t.ll
// RUN: FileCheck %s --check-prefix=GONE --input-file %t.ll
// RUN: FileCheck %s --input-file %t.ll
// RUN: %clang -c -x ir %t.ll -o %t.o
// GONE-NOT: define {{.*}} @_ZN3foo6middleEi(
// GONE-NOT: define {{.*}} @_ZN3foo5innerEi(
int opaque(int);

namespace foo {
inline int inner(int x) { return opaque(x) * opaque(x + 1) + opaque(x + 2) * opaque(x + 3); }
inline int middle(int x) { return inner(x) + opaque(x) * opaque(opaque(x + 4)); }
inline int pointed(int x) { return opaque(x) * opaque(x + 5) + opaque(x + 6) * opaque(x + 7); }
[[gnu::noinline]] inline int apart(int x) { return opaque(x) + opaque(x + 8); }

// A call of another type, which is never made: `c` is 0.
inline double never(int x) { return opaque(x) * opaque(x + 5) + opaque(x + 6) * opaque(x + 9); }
inline double mistyped(int x, int c) {
  if (c == 1) return reinterpret_cast<int (*)(const char*, int)>(never)(nullptr, x) + opaque(x);
  if (c == 2) return opaque(opaque(x + 11)) * opaque(x + 12);
  return never(x) + opaque(x + 10);
}
double mistypes(int x) { return mistyped(x, 0) + mistyped(x + 1, 0); }

int outer(int x) { return middle(x) + pointed(x) + apart(x); }
int (*pointer())(int) { return pointed; }

// CHECK-LABEL: define linkonce_odr {{.*}} @_ZN3foo7pointedEi(
// CHECK-LABEL: define linkonce_odr {{.*}} @_ZN3foo5apartEi(
// CHECK-LABEL: define internal {{.*}} @_ZN3foo5outerEi.omni(
// CHECK: call {{.*}} @omnitrace_enter(
// CHECK: invoke {{.*}} @_ZN3foo6middleEi.omni(
// CHECK: invoke {{.*}} @_ZN3foo7pointedEi(
// CHECK: invoke {{.*}} @_ZN3foo5apartEi(
// CHECK-LABEL: define linkonce_odr hidden {{.*}} @_ZN3foo6middleEi.omni(
// CHECK: call {{.*}} @omnitrace_enter(
// CHECK: invoke {{.*}} @_ZN3foo5innerEi.omni(
}  // namespace foo
