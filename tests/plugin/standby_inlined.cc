// What is inlined into a traced function has no test of its own there: the runtime is told that the
// outer function's switch goes with it. In a cycle, in a function that turns others on, and in what
// is not traced the test stays.
// RUN: %clang -O2 %plugin -fplugin-arg-omnitrace-start=standby -S -emit-llvm %s -o - | FileCheck %s
namespace omnitrace {
void trace(const char* list) noexcept;
}
bool more();

namespace foo {
inline int third(int x) { return x * 3; }
inline int second(int x) { return third(x) + 1; }
// CHECK-DAG: @__omni_inlined.{{[0-9a-f]+}} = {{.*}} [i32 1, {{.*}}5firstEi {{.*}}6secondEi {{.*}} comdat, align 4
// CHECK-DAG: @__omni_inlined.{{[0-9a-f]+}} = {{.*}} [i32 1, {{.*}}6secondEi {{.*}}5thirdEi {{.*}} comdat, align 4

// CHECK-LABEL: define dso_local noundef i32 @_ZN3foo5firstEi(
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo5firstEi
// CHECK-NOT: __omni_switch
int first(int x) { return second(x); }

// CHECK-LABEL: define dso_local noundef i32 @_ZN3foo6cyclesEi(
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo6cyclesEi
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo5thirdEi
int cycles(int x) {
  while (more()) x = third(x);
  return x;
}

// CHECK-LABEL: define dso_local noundef i32 @_ZN3foo5turnsEi(
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo5turnsEi
// CHECK: call void @_ZN9omnitrace5traceEPKc
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo5thirdEi
int turns(int x) {
  omnitrace::trace("foo::third");
  return third(x);
}
}  // namespace foo

// CHECK-LABEL: define dso_local noundef i32 @_Z8untracedi(
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo5thirdEi
int untraced(int x) { return foo::third(x); }
// CHECK-NOT: omni.inlined
