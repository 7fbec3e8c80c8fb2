// Templates by their arguments, lambdas by their place and captures.
// RUN: %trace %s -std=c++20 | FileCheck %s
#include <string>
namespace foo {
template <class T>
T largest(T a, T b) {
  return a < b ? b : a;
}
template <int N>
struct Fixed {
  int get() const { return N; }
  template <class U>
  U as(U x) const {
    return x + N;
  }
};
template struct Fixed<3>;
template <>
struct Fixed<4> {
  int get() const { return 44; }
};
template <class... A>
int sum(A... a) {
  return (a + ... + 0);
}
int capture(int k) {
  auto lambda = [k](int y) { return k + y; };
  return lambda(3);
}
auto generic = [](auto x) { return x; };
}  // namespace foo

int main() {
  foo::largest(std::string("a"), std::string("b"));
  // CHECK: > foo::largest<std::string>(a="a", b="b")
  // CHECK-NEXT: < foo::largest<std::string> = "b"
  foo::Fixed<3>().get();
  // CHECK-NEXT: > foo::Fixed<3>::get(this=*{})
  // CHECK-NEXT: < foo::Fixed<3>::get = 3
  foo::Fixed<5>().as(1.5);
  // CHECK-NEXT: > foo::Fixed<5>::as<double>(this=*{}, x=1.5)
  // CHECK-NEXT: < foo::Fixed<5>::as<double> = 6.5
  foo::Fixed<4>().get();
  // CHECK-NEXT: > foo::Fixed<4>::get(this=*{})
  // CHECK-NEXT: < foo::Fixed<4>::get = 44
  foo::sum(1, 2, 3);
  // CHECK-NEXT: > foo::sum<int, int, int>(a=1, a=2, a=3)
  // CHECK-NEXT: < foo::sum<int, int, int> = 6
  foo::capture(2);
  // CHECK-NEXT: > foo::capture(k=2)
  // CHECK-NEXT:   > foo::capture::(lambda 27:17)(this=*{k: 2}, y=3)
  // CHECK-NEXT:   < foo::capture::(lambda 27:17) = 5
  // CHECK-NEXT: < foo::capture = 5
  foo::generic(7);
  // CHECK-NEXT: > foo::(lambda 30:16)(this=*{}, x=7)
  // CHECK-NEXT: < foo::(lambda 30:16) = 7
}
