// Calls before main and after it are recorded: in initialisers of any priority, in exit handlers and
// in destructors of globals.
// RUN: %record | FileCheck %s
#include <cstdio>
#include <cstdlib>

namespace foo {
int count(int n) {
  printf("%d\n", n);
  return n;
}
struct Counter {
  int n;
  explicit Counter(int n) : n(count(n)) {}
  ~Counter() { count(-n); }
};
void at_exit() { count(9); }
}  // namespace foo

foo::Counter last(2);
[[gnu::init_priority(101)]] foo::Counter first(1);
[[gnu::constructor(102)]] void constructor() { foo::count(7); }
[[gnu::destructor]] void destructor() { foo::count(8); }

int main() {
  atexit(foo::at_exit);
  foo::count(3);
}

// CHECK:      {{^}}  foo::Counter::Counter(n=1)
// CHECK-NEXT: {{^}}    foo::count(n=1) -> 1
// CHECK-NEXT: {{^}}  foo::count(n=7) -> 7
// CHECK-NEXT: {{^}}  foo::Counter::Counter(n=2)
// CHECK-NEXT: {{^}}    foo::count(n=2) -> 2
// CHECK-NEXT: {{^}}  foo::count(n=3) -> 3
// CHECK-NEXT: {{^}}  foo::at_exit()
// CHECK-NEXT: {{^}}    foo::count(n=9) -> 9
// CHECK-NEXT: {{^}}  foo::Counter::~Counter(this={n: 2})
// CHECK-NEXT: {{^}}    foo::count(n=-2) -> -2
// CHECK-NEXT: {{^}}  foo::Counter::~Counter(this={n: 1})
// CHECK-NEXT: {{^}}    foo::count(n=-1) -> -1
// CHECK-NEXT: {{^}}  foo::count(n=8) -> 8
