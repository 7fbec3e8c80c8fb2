// What classes do behind a call: thunks, covariant results, inherited and defaulted members,
// conversions, operators. Each is one call, of the function that was written.
// RUN: %record -std=c++23 | FileCheck %s
#include <compare>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace foo {
struct Root {
  virtual ~Root() {}
  virtual Root* self() { return this; }
  int root = 1;
};
struct Other {
  virtual ~Other() {}
  virtual int other(int n) { return n; }
  int o = 2;
};
struct Derived : Root, Other {
  Derived* self() override { return this; }
  int other(int n) override { return n + o; }  // called through Other by a thunk
};
struct Numbered {
  explicit Numbered(int n) : n(n) {}
  operator int() const { return n; }
  explicit operator bool() const { return n != 0; }
  Numbered& operator=(const Numbered&) = default;
  auto operator<=>(const Numbered&) const = default;
  int operator()(int by) const { return n * by; }
  int operator[](int at) const { return n + at; }
  friend Numbered operator+(Numbered a, Numbered b) { return Numbered(a.n + b.n); }
  int counted(this const Numbered& self) { return self.n; }
  int n;
};
struct Inherits : Numbered {
  using Numbered::Numbered;
};
int operator""_n(unsigned long long n) { return static_cast<int>(n); }
struct Owned {
  static void* operator new(std::size_t size) { return std::malloc(size); }
  static void operator delete(void* memory) { std::free(memory); }
  int value = 4;
};
int locals(int n) {
  struct Local {
    int twice(int n) { return 2 * n; }
  };
  auto mutable_lambda = [n](int by) mutable { return n += by; };
  mutable_lambda(1);
  return Local().twice(n) + mutable_lambda(1);
}
class Outer {
  class Inner {
   public:
    int get() { return 3; }
  };

 public:
  int inner() { return Inner().get(); }
  int captured() {
    return [this] { return value_; }();
  }

 private:
  int value_ = 5;
};
struct Pair {
  int a, b;
};
Pair pair() { return {1, 2}; }
}  // namespace foo

int main() {
  foo::Derived derived;
  foo::Root& root = derived;
  foo::Other& other = derived;
  root.self();          // CHECK: foo::Derived::self(
  other.other(3);       // CHECK-NEXT: foo::Derived::other({{.*}}n=3) -> 5
  foo::Inherits four(4);  // CHECK: foo::Numbered::Numbered({{.*}}n=4)
  foo::Numbered five = foo::Numbered(5);  // CHECK-NEXT: foo::Numbered::Numbered({{.*}}n=5)
  int sum = four + five;
  // CHECK:      foo::operator+(a={n: 4}, b={n: 5}) -> {n: 9}
  // CHECK-NEXT:   foo::Numbered::Numbered({{.*}}n=9)
  // CHECK-NEXT: foo::Numbered::operator int({{.*}}) -> 9
  if (five) sum += five(2) + five[1];
  // CHECK-NEXT: foo::Numbered::operator bool({{.*}}) -> true
  // CHECK-NEXT: foo::Numbered::operator()({{.*}}by=2) -> 10
  // CHECK-NEXT: foo::Numbered::operator[]({{.*}}at=1) -> 6
  sum += five > four;   // CHECK-NEXT: foo::Numbered::operator<=>(
  sum += five.counted() + foo::operator""_n(7);
  // CHECK-NEXT: foo::Numbered::counted(self={n: 5}) -> 5
  // CHECK-NEXT: foo::operator""_n(n=7) -> 7
  delete new foo::Owned;
  // CHECK-NEXT: foo::Owned::operator new(size=4)
  // CHECK:      foo::Owned::operator delete(
  sum += foo::locals(6);
  // CHECK-NEXT: foo::locals(n=6) -> 20
  // CHECK:        foo::locals::(lambda {{.*}}by=1) -> 7
  // CHECK:        foo::locals::Local::twice({{.*}}n=6) -> 12
  // CHECK-NEXT:   foo::locals::(lambda {{.*}}by=1) -> 8
  foo::Outer outer;
  sum += outer.inner() + outer.captured();
  // CHECK:      foo::Outer::inner({{.*}}) -> 3
  // CHECK-NEXT:   foo::Outer::Inner::get({{.*}}) -> 3
  // CHECK-NEXT: foo::Outer::captured({{.*}}) -> 5
  // CHECK-NEXT:   foo::Outer::captured::(lambda {{.*}}) -> 5
  auto [a, b] = foo::pair();  // CHECK-NEXT: foo::pair() -> {a: 1, b: 2}
  std::printf("%d\n", sum + a + b);
}
// CHECK: foo::Derived::~Derived(
// CHECK-NEXT: foo::Other::~Other(
// CHECK-NEXT: foo::Root::~Root(
