// Arguments and results are handed over in whole words, whatever their size: the hooks load eight
// bytes at once, and for that a processor doesn't forward a narrower store.
// RUN: %clang -O1 %plugin -S -emit-llvm %s -o - | FileCheck %s
namespace foo {
// CHECK-LABEL: define {{.*}}mixed
// CHECK: store i64
// CHECK: store i64
// CHECK: store i64
// CHECK: store i64
// CHECK: call i64 @omnitrace_enter
// CHECK: store i64
// CHECK: call void @omnitrace_leave
// CHECK-LABEL: }
short mixed(bool flag, int number, float ratio, char letter) {
  return static_cast<short>(flag ? number + ratio : letter);
}
}  // namespace foo
