// A loop that ends by counting and calls nothing but inlined functions is tested once, in front: with
// the function, when that is traced; else a copy of it runs without tests while they are off, and is
// vectorised as the plain loop is. Any other loop tests each time around.
// RUN: %clang -O2 %plugin -fplugin-arg-omnitrace-start=standby -S -emit-llvm %s -o - | FileCheck %s
// RUN: %clang -Os %plugin -fplugin-arg-omnitrace-start=standby -S -emit-llvm %s -o - | \
// RUN:   FileCheck %s --check-prefix=SMALL
struct Node {
  Node* next;
  int value;
};
void call();

namespace foo {
inline int third(int x) { return x * 3; }
inline int fourth(int x) { return x * 4; }

// CHECK-LABEL: define {{.*}} @_ZN3foo6coversEPKii(
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo6coversEPKii
// CHECK-NOT: __omni_switch
// CHECK: load <4 x i32>
// CHECK: ret i32
int covers(const int* numbers, int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) sum += third(numbers[i]);
  return sum;
}
}  // namespace foo

// CHECK-LABEL: define {{.*}} @_Z6copiesPiS_(
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo5thirdEi
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo6fourthEi
// CHECK: load <4 x i32>
// CHECK: ret void
// SMALL-LABEL: define {{.*}} @_Z6copiesPiS_(
// SMALL-NOT: tested
// SMALL: ret void
void copies(int* first, int* last) {
  for (; first != last; ++first) *first = foo::third(*first) + foo::fourth(*first);
}

// CHECK-LABEL: define {{.*}} @_Z5walksPK4Node(
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo5thirdEi
// CHECK-NOT: load volatile
// CHECK: ret i32
int walks(const Node* node) {
  int sum = 0;
  for (; node; node = node->next) sum += foo::third(node->value);
  return sum;
}

// CHECK-LABEL: define {{.*}} @_Z5callsi(
// CHECK: load volatile i8, ptr @__omni_switch._ZN3foo5thirdEi
// CHECK: call void @_Z4callv
int calls(int count) {
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    sum += foo::third(i);
    call();
  }
  return sum;
}
