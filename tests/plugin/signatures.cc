// A signature is emitted only where it isn't what the types and names say anyhow: of conversions,
// variadic functions, and functions with results or parameters that are not described.
// RUN: %clang -O1 %plugin -S -emit-llvm %s -o - | FileCheck %s
// RUN: %omni -fomni-ns=foo %s -o %t.app && cd %T && OMNITRACE_OUT=%t.omni %t.app
// RUN: %omnitrace info --functions %t.omni | FileCheck %s --check-prefix=INFO
// CHECK-NOT: c"int foo::plain(
// CHECK-NOT: c"void foo::callback(
// CHECK-NOT: c"bool foo::Box::has(
// CHECK-DAG: c"foo::Box::operator int() const\00"
// CHECK-DAG: c"int foo::sum(int n, ...)\00"
// INFO-DAG: int foo::plain(int a, const char *b, const foo::Box &c)
// INFO-DAG: void foo::callback(int (*f)(int), int (&g)[2], double)
// INFO-DAG: foo::Box::Box(int n)
// INFO-DAG: bool foo::Box::has(int n) const
// INFO-DAG: foo::Box::operator int() const
// INFO-DAG: int foo::sum(int n, ...)
namespace foo {
struct Box {
  explicit Box(int n) : n(n) {}
  bool has(int n) const { return n == this->n; }
  operator int() const { return n; }
  int n;
};
int plain(int a, const char* b, const Box& c) { return a + b[0] + c.n; }
void callback(int (*f)(int), int (&g)[2], double) { g[0] = f(g[1]); }
int sum(int n, ...) { return n; }
}  // namespace foo

int main() {
  foo::Box box(1);
  int numbers[2] = {};
  foo::callback([](int n) { return n; }, numbers, 0);
  return foo::plain(1, "", box) + box.has(2) + box + foo::sum(0) == 0;
}
