// What a precompiled header or a module holds: each kind of function that can be inline.
#ifndef OMNITRACE_TESTS_BUILDS_SHAPES_H_
#define OMNITRACE_TESTS_BUILDS_SHAPES_H_
#include <string>

namespace foo {
inline int add(int a, int b) { return a + b; }
inline int through(int n) { return add(n, 1); }
inline int uses_lambda(int n) {
  return [n](int by) { return n + by; }(2);
}

template <class T>
T twice(T value) {
  return value + value;
}

template <class T>
struct Box {
  T value;
  T get() const { return twice(value); }
};

inline int uses_template(int n) { return Box<int>{n}.get(); }

struct Shape {
  std::string name;
  explicit Shape(const std::string& name) : name(name) {}
  virtual ~Shape() {}
  virtual int area() const { return 0; }
};

struct Square : Shape {
  int side = add(1, 2);
  Square() : Shape("square") {}
  int area() const override { return side * side; }
};

inline int variable = add(7, 7);
}  // namespace foo

#endif  // OMNITRACE_TESTS_BUILDS_SHAPES_H_
