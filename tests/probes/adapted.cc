// Views (omnitrace::adapt) of probes' values; with the plugin also objects of derived classes.
// RUN: %probes
// RUN: FileCheck %s --match-full-lines --check-prefixes=CHECK,ALONE < %t/without_plugin.tree
// RUN: FileCheck %s --match-full-lines --check-prefixes=CHECK,PLUGIN < %t/with_plugin.tree
#include <omnitrace/adapt.h>
#include <omnitrace/omnitrace.h>

#include <memory>
#include <string>
#include <vector>

namespace foo {
class Price {
 public:
  explicit Price(long cents) : cents_(cents) {}
  std::string text() const { return std::to_string(cents_ / 100) + " EUR"; }

 private:
  long cents_;
};
template <typename T>
struct Ring {
  T* elements;
  size_t size;
};
struct Shape {
  virtual ~Shape() = default;
  int id = 1;
};
struct Square : Shape {
  int side = 3;
};
}  // namespace foo
OMNITRACE_ADAPT(foo::Price, value.text());
template <typename T>
struct omnitrace::adapt<foo::Ring<T>> {
  static std::vector<T> view(const foo::Ring<T>& ring) {
    return std::vector<T>(ring.elements, ring.elements + ring.size);
  }
};

// CHECK: thread 1 (app)
int main() {
  foo::Price price(250);
  OMNITRACE_PROBE("price", price, std::make_unique<foo::Price>(100));
  // CHECK-NEXT: price(price="2 EUR", std::make_unique<foo::Price>(100)=<unique_ptr -> "1 EUR">)
  std::string words[] = {"a", "b"};
  foo::Ring<std::string> ring = {words, 2};
  OMNITRACE_PROBE("ring", ring, ("rings", std::vector<foo::Ring<std::string>>{ring, ring}));
  // CHECK-NEXT: ring(ring=["a", "b"], rings={{\[\["a", "b"\], \["a", "b"\]\]}})
  foo::Square square;
  const foo::Shape& shape = square;
  OMNITRACE_PROBE("shape", shape, &shape);
  // ALONE-NEXT: shape(shape=<foo::Shape at 0x…>, &shape=0x…)
  // PLUGIN-NEXT: shape(shape=foo::Square{id: 1, side: 3}, &shape=*0x… foo::Square{id: 1, side: 3})
  // CHECK-NOT: {{.}}
}
