// Functions of the namespace and of everything inside it; nothing outside.
// RUN: %trace %s -std=c++17 | FileCheck %s
#include <cstdarg>
#include <cstdio>

namespace foo {
int add(int a, int b) { return a + b; }
static bool negate(bool value) { return !value; }
namespace { int hidden(char c) { return c; } }
namespace inner { double half(double x) { return x / 2; } }
inline namespace v1 { long inlined(long x) { return x; } }
extern "C" int c_function(unsigned char x) { return x; }
int variadic(int count, ...) {
  va_list list;
  va_start(list, count);
  int sum = 0;
  for (int i = 0; i < count; ++i) sum += va_arg(list, int);
  va_end(list);
  return sum;
}
int recursive(int n) { return n == 0 ? 0 : recursive(n - 1) + 1; }
}  // namespace foo
namespace foobar { int other(int x) { return x; } }
int global(int x) { return x; }

int main() {
  std::printf("%d\n", foo::add(1, 2));      // CHECK: > foo::add(a=1, b=2)
                                            // CHECK-NEXT: < foo::add = 3
  foo::negate(true);                        // CHECK-NEXT: > foo::negate(value=true)
                                            // CHECK-NEXT: < foo::negate = false
  foo::hidden('A');                         // CHECK-NEXT: > foo::(anonymous namespace)::hidden(c=65)
                                            // CHECK-NEXT: < foo::(anonymous namespace)::hidden = 65
  foo::inner::half(5);                      // CHECK-NEXT: > foo::inner::half(x=5)
                                            // CHECK-NEXT: < foo::inner::half = 2.5
  foo::inlined(-7);                         // CHECK-NEXT: > foo::inlined(x=-7)
                                            // CHECK-NEXT: < foo::inlined = -7
  foo::c_function(200);                     // CHECK-NEXT: > foo::c_function(x=200)
                                            // CHECK-NEXT: < foo::c_function = 200
  foobar::other(global(foo::variadic(2, 3, 4)));  // CHECK-NEXT: > foo::variadic(count=2)
                                            // CHECK-NEXT: < foo::variadic = 7
  return foo::recursive(2);                 // CHECK-NEXT: > foo::recursive(n=2)
                                            // CHECK-NEXT:   > foo::recursive(n=1)
                                            // CHECK-NEXT:     > foo::recursive(n=0)
                                            // CHECK-NEXT:     < foo::recursive = 0
                                            // CHECK-NEXT:   < foo::recursive = 1
                                            // CHECK-NEXT: < foo::recursive = 2
                                            // CHECK-NOT: >
}
