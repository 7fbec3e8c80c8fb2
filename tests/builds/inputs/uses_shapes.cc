// Calls all of shapes.h, which comes as a module, as a header unit, by a plain #include, or by a
// precompiled header.
#if defined(NAMED_MODULE)
import shapes;
#elif defined(HEADER_UNIT)
import "shapes.h";
#elif defined(INCLUDE)
#include "shapes.h"
#elif !defined(OMNITRACE_TESTS_BUILDS_SHAPES_H_)
#error "the precompiled header is missing"
#endif

namespace foo {
int own(int n) { return n; }
}  // namespace foo

int main() {
  int sum = foo::variable;
  // ALL:      {{^}}  foo::add(a=7, b=7) -> 14
  sum += foo::own(1);
  // ALL-NEXT: {{^}}  foo::own(n=1) -> 1
  sum += foo::through(3);
  // ALL-NEXT: {{^}}  foo::through(n=3) -> 4
  // ALL-NEXT: {{^}}    foo::add(a=3, b=1) -> 4
  sum += foo::uses_lambda(6);
  // ALL-NEXT: {{^}}  foo::uses_lambda(n=6) -> 8
  // ALL-NEXT: {{^}}    foo::uses_lambda::(lambda {{.*}})(this={n: 6}, by=2) -> 8
  sum += foo::uses_template(7);
  // ALL-NEXT: {{^}}  foo::uses_template(n=7) -> 14
  // ALL-NEXT: {{^}}    foo::Box<int>::get(this={value: 7}) -> 14
  // ALL-NEXT: {{^}}      foo::twice<int>(value=7) -> 14
  sum += static_cast<int>(foo::twice(8L));
  // ALL-NEXT: {{^}}  foo::twice<long>(value=8) -> 16
  foo::Square square;
  // ALL-NEXT: {{^}}  foo::Square::Square()
  // ALL-NEXT: {{^}}    foo::Shape::Shape(name="square")
  // ALL-NEXT: {{^}}    foo::add(a=1, b=2) -> 3
  sum += static_cast<foo::Shape&>(square).area();
  // ALL-NEXT: {{^}}  foo::Square::area(this={name: "square", side: 3}) -> 9
  return sum - 66;
  // ALL-NEXT: {{^}}  foo::Square::~Square(this={name: "square", side: 3})
  // ALL-NEXT: {{^}}    foo::Shape::~Shape(this={name: "square"})
  // ALL-NOT:  foo::
}
