// Values that the recording reads and writes are no uninitialised memory to MemorySanitizer. The
// library isn't instrumented, so the program has none of its containers.
// RUN: %matrix %s -fsanitize=memory "-O2 -fsanitize=memory -fsanitize-memory-track-origins" \
// RUN:   | FileCheck %s
#include <cstdio>

namespace foo {
struct Point {
  char tag;  // padding behind it is never written
  double y;
};

class Shape {
 public:
  virtual ~Shape() {}
  virtual double area(Point p) const {
    if (p.tag == 'x') throw 7;
    return p.y * 2;
  }
};

double guarded(const Shape& shape, const Point& p) {
  try {
    return shape.area(p);
  } catch (int code) {
    return code;
  }
}
}  // namespace foo

int main() {
  foo::Shape shape;
  foo::Point point;
  point.tag = 'a';
  point.y = 1.5;
  std::printf("%g\n", foo::guarded(shape, point));
  // CHECK:      foo::guarded(shape={}, p={tag: 'a', y: 1.5}) -> 3.0
  // CHECK-NEXT:   foo::Shape::area(p={tag: 'a', y: 1.5}) -> 3.0
  point.tag = 'x';
  std::printf("%g\n", foo::guarded(shape, point));
  // CHECK-NEXT: foo::guarded(shape={}, p={tag: 'x', y: 1.5}) -> 7.0
  // CHECK-NEXT:   ! foo::Shape::area(p={tag: 'x', y: 1.5}) threw int
}
