// A virtual table may promise members that are not there yet: what lies in their place is read with
// care, and not believed.
// RUN: %record -std=c++17 | FileCheck %s
#include <new>
#include <string>

namespace foo {
struct Shape {
  virtual ~Shape() = default;
  int id = 1;
};
int show(const Shape& shape) { return shape.id; }
}  // namespace foo

namespace bar {
struct Early : foo::Shape {
  Early() : shown(foo::show(*this)), text("late") {}
  int shown;
  std::string text;
};
}  // namespace bar

alignas(bar::Early) unsigned char memory[sizeof(bar::Early)];

int main() {
  volatile unsigned char* bytes = memory;
  for (unsigned i = 0; i < sizeof memory; ++i) bytes[i] = 0xff;
  bar::Early* early = new (memory) bar::Early;
  // CHECK: foo::show(shape=bar::Early{id: 1, shown: -1, text: ""… 18446744073709551615}) -> 1
  foo::show(*early);
  // CHECK: foo::show(shape=bar::Early{id: 1, shown: 1, text: "late"}) -> 1
  early->~Early();
}
