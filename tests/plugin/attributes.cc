// [[omnitrace::trace]] and [[omnitrace::skip]] override the globs; the innermost counts.
// RUN: %trace %s -std=c++17 | FileCheck %s
namespace foo {
[[omnitrace::skip]] int skipped() { return 1; }
struct [[omnitrace::skip]] Skipped {
  int method() { return 2; }
  [[omnitrace::trace]] int kept() { return 3; }
};
}  // namespace foo
namespace [[omnitrace::trace]] bar {
int traced() { return 4; }
template <class T>
[[omnitrace::skip]] T skipped(T x) {
  return x;
}
}  // namespace bar
[[omnitrace::trace]] int alone() { return 5; }

int main() {
  foo::skipped();
  foo::Skipped().method();
  foo::Skipped().kept();  // CHECK: > foo::Skipped::kept(
                          // CHECK-NEXT: <
  bar::traced();          // CHECK-NEXT: > bar::traced()
                          // CHECK-NEXT: <
  bar::skipped(1);
  alone();                // CHECK-NEXT: > alone()
                          // CHECK-NEXT: <
                          // CHECK-NOT: >
}
