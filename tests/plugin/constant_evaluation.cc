// Constant evaluation sees no hooks; the same functions are traced when they run.
// RUN: %trace %s -std=c++20 | FileCheck %s
// RUN: %clang -std=c++20 %plugin -S -emit-llvm %s -o - | FileCheck %s --check-prefix=IR
#include <cstdio>
namespace foo {
constexpr int factorial(int n) { return n <= 1 ? 1 : n * factorial(n - 1); }
consteval int immediate(int n) { return n + 1; }
constexpr int both(int n) {
  if (__builtin_is_constant_evaluated()) return 1;
  return n;
}
struct Literal {
  constexpr Literal(int x) : x(x) {}
  constexpr int get() const { return x; }
  int x;
};
template <int N>
int sized() {
  return N;
}
}  // namespace foo

static_assert(foo::factorial(4) == 24);
int array[foo::factorial(3)];
constinit int initialised = foo::factorial(5);
int global = foo::factorial(5);          // a constant still: no dynamic initialiser
const foo::Literal literal(foo::immediate(4));
constexpr auto lambda = [](int x) { return x * 2; };
static_assert(lambda(2) == 4);
static_assert(foo::both(7) == 1);
enum { kConstant = foo::factorial(2) };

int main(int argc, char**) {
  std::printf("%d %d %zu %d\n", initialised, global, sizeof array, literal.x);
  switch (argc) {
    case foo::factorial(1):
      break;
  }
  foo::factorial(argc + 1);  // CHECK: > foo::factorial(n=2)
                             // CHECK-NEXT:   > foo::factorial(n=1)
                             // CHECK-NEXT:   < foo::factorial = 1
                             // CHECK-NEXT: < foo::factorial = 2
  foo::both(argc + 6);       // CHECK-NEXT: > foo::both(n=7)
                             // CHECK-NEXT: < foo::both = 7
  foo::Literal made(argc);   // CHECK-NEXT: > foo::Literal::Literal(this=?, x=1)
                             // CHECK-NEXT: < foo::Literal::Literal
  foo::sized<foo::factorial(3)>();  // CHECK-NEXT: > foo::sized<6>()
                             // CHECK-NEXT: < foo::sized<6> = 6
                             // CHECK-NOT: >
}
// IR-NOT: __cxx_global_var_init
// IR: @global = dso_local global i32 120
// IR-NOT: __cxx_global_var_init
