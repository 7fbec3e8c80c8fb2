// The main job: compile with a namespace, run, look at the tree.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %omni -fomni-ns=foo %s -o app
// RUN: ./app
// RUN: ls | FileCheck %s --check-prefix=FILES
// RUN: %omnitrace tree --stable | FileCheck %s
#include <string>

namespace foo {
struct Point {
  int x, y;
};
int add(int a, int b) { return a + b; }
int sum(Point p) { return add(p.x, p.y); }
std::string greet(const std::string& name) { return "hello " + name; }
}  // namespace foo

int untraced() { return 1; }

int main() {
  foo::sum({1, 2});
  foo::greet("world");
  return untraced() - 1;
}

// FILES: app.{{[0-9]+}}.omni

// CHECK: thread 1 (app)
// CHECK-NEXT: {{^}}  foo::sum(p={x: 1, y: 2}) -> 3{{$}}
// CHECK-NEXT: {{^}}    foo::add(a=1, b=2) -> 3{{$}}
// CHECK-NEXT: {{^}}  foo::greet(name="world") -> "hello world"{{$}}
// CHECK-NOT: {{.}}
