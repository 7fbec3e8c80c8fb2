// What every way of building has to bring through: values, templates, virtual calls, exceptions,
// inline functions, a global with a constructor, and a thread. In C++11, so that every later
// standard takes it; exceptions and run-time type information are used where there are any.
#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace foo {
struct Point {
  int x;
  double y;
};

template <class T>
T twice(T value) {
  return value + value;
}

inline std::string join(const std::vector<std::string>& words, char by) {
  std::string text;
  for (const std::string& word : words) text += word + by;
  return text;
}

class Shape {
 public:
  explicit Shape(const std::string& name) : name_(name) {}
  virtual ~Shape() {}
  virtual double area() const { return 0; }

 protected:
  std::string name_;
};

class Square final : public Shape {
 public:
  explicit Square(int side) : Shape("square"), side_(side) {}
  double area() const override { return twice(side_) + side_; }

 private:
  int side_;
};

class Counter {
 public:
  explicit Counter(int start) : count_(start) {}
  int next() { return ++count_; }

 private:
  int count_;
};

Counter counter(40);
// CHECK:      {{^}}thread 1 (app)
// CHECK-NEXT: {{^}}  foo::Counter::Counter(start=40)

int checked(int n) {
#if __cpp_exceptions
  if (n > 9) throw std::out_of_range("too large: " + std::to_string(n));
#endif
  return n % 10;
}

int guarded(int n) {
#if __cpp_exceptions
  try {
    return checked(n);
  } catch (const std::out_of_range&) {
    return -1;
  }
#else
  return checked(n);
#endif
}

int sum(const std::map<std::string, Point>& points) {
  int total = 0;
  for (const auto& point : points) total += point.second.x;
  return total;
}

bool is_square(const Shape& shape) {
#if __cpp_rtti
  return dynamic_cast<const Square*>(&shape) != nullptr;
#else
  return sizeof shape > 0;
#endif
}

long long work(unsigned short seed) {
  auto grow = [seed](int by) { return static_cast<long long>(seed) << by; };
  return grow(3);
}
}  // namespace foo

int main() {
  std::printf("%d\n", foo::counter.next());
  // CHECK-NEXT: {{^}}  foo::Counter::next(this={count_: 40}) -> 41
  std::printf("%s\n", foo::join({"some", "words"}, ';').c_str());
  // CHECK-NEXT: {{^}}  foo::join(words=["some", "words"], by=';') -> "some;words;"
  std::printf("%d\n", foo::sum({{"a", {1, 0.5}}, {"b", {2, -1}}}));
  // CHECK-NEXT: {{^}}  foo::sum(points={"a": {x: 1, y: 0.5}, "b": {x: 2, y: -1.0}}) -> 3
  foo::Square square(3);
  // CHECK-NEXT: {{^}}  foo::Square::Square(side=3)
  // CHECK-NEXT: {{^}}    foo::Shape::Shape(name="square")
  const foo::Shape& shape = square;
  std::printf("%d\n", foo::is_square(shape));
  // CHECK-NEXT: {{^}}  foo::is_square(shape=foo::Square{name_: "square", side_: 3}) -> true
  std::printf("%g\n", shape.area());
  // CHECK-NEXT: {{^}}  foo::Square::area(this={name_: "square", side_: 3}) -> 9.0
  // CHECK-NEXT: {{^}}    foo::twice<int>(value=3) -> 6
  std::printf("%d\n", foo::guarded(12));
  // THROWS-NEXT: {{^}}  foo::guarded(n=12) -> -1
  // THROWS-NEXT: {{^}}  ! foo::checked(n=12) threw std::out_of_range("too large: 12")
  // RETURNS-NEXT: {{^}}  foo::guarded(n=12) -> 2
  // RETURNS-NEXT: {{^}}    foo::checked(n=12) -> 2
  std::thread([] { std::printf("%lld\n", foo::work(5)); }).join();
  return 3;
  // CHECK-NEXT: {{^}}  foo::Square::~Square(this={name_: "square", side_: 3})
  // CHECK-NEXT: {{^}}    foo::Shape::~Shape(this={name_: "square"})
  // CHECK:      {{^}}thread 2 (app)
  // CHECK-NEXT: {{^}}  foo::work(seed=5) -> 40
  // CHECK-NEXT: {{^}}    foo::work::(lambda {{.*}})(this={seed: 5}, by=3) -> 40
}
// The same with main and its lambda, where all is traced:
// CHECK:      {{^}}  foo::Counter::Counter(start=40)
// CHECK-NEXT: {{^}}  main() -> 3
// CHECK-NEXT: {{^}}    foo::Counter::next(this={count_: 40}) -> 41
// CHECK:      {{^}}  main::(lambda {{.*}})()
// CHECK-NEXT: {{^}}    foo::work(seed=5) -> 40
