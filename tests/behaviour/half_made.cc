// A virtual table may promise members that are not there yet, and so does a class whose constructor
// calls its methods: what lies in their place is read with care, and not believed.
// RUN: %record -std=c++17 | FileCheck %s
#include <list>
#include <memory>
#include <new>
#include <string>

namespace foo {
struct Shape {
  virtual ~Shape() = default;
  int id = 1;
};
int show(const Shape& shape) { return shape.id; }

struct Self {
  Self() : first(count()), items(1, 5) {}
  int count() const { return 1; }
  int first;
  std::unique_ptr<int> owned;
  std::list<int> items;
};
}  // namespace foo

namespace bar {
struct Early : foo::Shape {
  Early() : shown(foo::show(*this)), text("late") {}
  int shown;
  std::string text;
};
}  // namespace bar

alignas(16) unsigned char memory[128];

int main() {
  volatile unsigned char* bytes = memory;
  for (unsigned i = 0; i < sizeof memory; ++i) bytes[i] = i % 8 < 6 ? 0x10 : 0;
  foo::Self* self = new (memory) foo::Self;
  // CHECK: foo::Self::count(this={first: 269488144, owned: <unreadable at 0x…>, items: [… {{[0-9]+}} torn]}) -> 1
  // CHECK: foo::Self::count(this={first: 1, owned: nullptr, items: [5]}) -> 1
  self->count();
  self->~Self();

  for (unsigned i = 0; i < sizeof memory; ++i) bytes[i] = 0xff;
  bar::Early* early = new (memory) bar::Early;
  // CHECK: foo::show(shape=bar::Early{id: 1, shown: -1, text: ""… 18446744073709551615}) -> 1
  foo::show(*early);
  // CHECK: foo::show(shape=bar::Early{id: 1, shown: 1, text: "late"}) -> 1
  early->~Early();
}
