// A local is in registers, though twins are called with its address: they get that of a copy. Not
// where one keeps it, or returns it to somebody who uses it.
// RUN: %clang -O2 %plugin -fplugin-arg-omnitrace-start=standby -S -emit-llvm %s -o - | FileCheck %s
int opaque(int);

namespace foo {
struct Sum {
  int value = 0;
  Sum& add(int x) {
    if (x == 7) value = opaque(value);
    value += x;
    return *this;
  }
};
inline void keep(int& x) {
  static int* kept;
  kept = &x;
  x += *kept;
}

// CHECK-LABEL: define {{.*}} @_ZN3foo3sumEi(
// CHECK: phi i32
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo3Sum3addEi
// CHECK: call void @llvm.lifetime.start.p0(i64 4, ptr nonnull [[COPY:%.*]])
// CHECK-NEXT: store i32 [[IN:%.*]], ptr [[COPY]]
// CHECK-NEXT: call {{.*}} @_ZN3foo3Sum3addEi.omni(ptr {{.*}}[[COPY]],
// CHECK-NEXT: [[OUT:%.*]] = load i32, ptr [[COPY]]
// CHECK-NEXT: call void @llvm.lifetime.end.p0(i64 4, ptr nonnull [[COPY]])
// CHECK-NOT: ptr [[COPY]]
int sum(int n) {
  Sum sum;
  for (int i = 0; opaque(i) < n; ++i) sum.add(i);
  return sum.value;
}

// CHECK-LABEL: define {{.*}} @_ZN3foo5twiceEi(
// CHECK: [[VARIABLE:%.*]] = alloca
// CHECK-NOT: alloca
// CHECK: call {{.*}} @_ZN3foo3Sum3addEi.omni(ptr {{.*}}[[VARIABLE]],
int twice(int n) {
  Sum sum;
  for (int i = 0; opaque(i) < n; ++i) sum.add(i).value *= 2;
  return sum.value;
}

// CHECK-LABEL: define {{.*}} @_ZN3foo5keepsEi(
// CHECK: [[VARIABLE:%.*]] = alloca i32
// CHECK-NOT: alloca
// CHECK: call {{.*}} @_ZN3foo4keepERi.omni(ptr {{.*}}[[VARIABLE]]
int keeps(int n) {
  int x = 1;
  for (int i = 0; opaque(i) < n; ++i) keep(x);
  return x;
}

// Where many calls unwind to one place, it stays one.
// CHECK-LABEL: define {{.*}} @_ZN3foo4manyEi(
// CHECK: landingpad
// CHECK-NOT: landingpad
int many(int n) {
  Sum sum;
  try {
    sum.add(n), sum.add(n + 1), sum.add(n + 2), sum.add(n + 3), sum.add(n + 4), sum.add(n + 5);
    sum.add(n + 6), sum.add(n + 7), sum.add(n + 8), sum.add(n + 9), sum.add(n + 10);
  } catch (int) {
    return -sum.value;
  }
  return sum.value;
}
// CHECK-LABEL: define {{.*}} @_Z4lastv(
}  // namespace foo
void last() {}

namespace foo {
// A twin's hooks keep no address: what it gets is still nobody else's, in the plain version's eyes,
// too.
// CHECK-DAG: define {{.*}} @_ZN3foo4peekERKi(ptr {{.*}}nocapture
// CHECK-DAG: define {{.*}} @_ZN3foo4peekERKi.omni(ptr {{.*}}nocapture
// CHECK-DAG: define {{.*}} @_ZN3foo4keepERi.omni(ptr noundef nonnull align 4 dereferenceable(4) %0)
[[gnu::noinline]] int peek(const int& x) { return opaque(x) + x; }
}  // namespace foo
