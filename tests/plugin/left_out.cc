// What cannot be traced is left out by rule, with a remark that says why.
// RUN: %trace %s -std=c++20 -Wno-everything | FileCheck %s
// RUN: %clang -std=c++20 %plugin -fplugin-arg-omnitrace-explain -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=WHY
namespace foo {
int computed(int x) {  // WHY-DAG: :[[@LINE]]:5: remark: omnitrace: not traced: foo::computed: it uses computed goto
  static void* labels[] = {&&first, &&second};
  goto* labels[x];
first:
  return 1;
second:
  return 2;
}
__attribute__((naked)) int naked() { asm("mov $3, %eax\n ret"); }  // WHY-DAG: foo::naked: it is naked
[[gnu::noinline]] int label() {  // WHY-DAG: foo::label: its asm defines a label
  asm volatile("omnitrace_test_label:\n");
  return 4;
}
[[gnu::no_instrument_function]] int marked() { return 5; }  // WHY-DAG: foo::marked: it is marked no_instrument_function
consteval int immediate() { return 6; }  // WHY-DAG: foo::immediate: it is consteval
int traced() { return 7; }  // WHY-DAG: remark: omnitrace: traced: foo::traced
}  // namespace foo
int other() { return 8; }  // WHY-DAG: not traced: other: no glob of -fomni-ns selects it

int main() {
  return foo::computed(1) + foo::naked() + foo::label() + foo::marked() + foo::immediate() + foo::traced();
  // CHECK-NOT: {{> foo::(computed|naked|label|marked|immediate)}}
  // CHECK: > foo::traced()
  // CHECK-NEXT: < foo::traced = 7
}
