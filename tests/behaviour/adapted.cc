// Views (omnitrace::adapt) that throw, call traced functions, lead to each other or to themselves,
// or give too much; in all builds, and the program does what it does without them.
// RUN: %record -std=c++17 -idirafter %S/../../runtime/include | FileCheck %s --match-full-lines
#include <omnitrace/adapt.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>
namespace foo {
struct B;
struct A {
  int n;
  const B* b;
};
struct B {
  int n;
  A a;
};
int helper(int n) {
  if (n > 2) throw std::out_of_range("x");
  return n + 1;
}
struct Calls {
  int n;
  int get() const {
    try {
      return helper(n);
    } catch (std::exception&) {
      return -1;
    }
  }
};
template <typename T>
struct Only {
  T t;
};
template <typename T, int N>
struct Two {
  T t[N];
};
struct Text {
  const char* p;
};
struct Big {
  std::vector<int> v;
};
union U {
  int i;
  float f;
};
class Price {
  int x;

 public:
  Price() : x(3) {}
  int get() const { return x; }
};
int a(const A&) { return 0; }
int b(B) { return 0; }
int c(const Calls&) { return 0; }
template <class T>
int only(const Only<T>&) {
  return 0;
}
template <class T, int N>
int two(const Two<T, N>&) {
  return 0;
}
int t(Text) { return 0; }
int big(Big) { return 0; }
int u(U) { return 0; }
Price* pointers(Price* p, std::shared_ptr<Price> s, Price (&arr)[2]) { return p; }
void set(Price& p) { reinterpret_cast<int&>(p) = 8; }
void lose(Price& p) {
  delete new Price;
  reinterpret_cast<int&>(p) = 7;
}
struct Cyc {
  int n;
};
int cyc(const Cyc&) { return 0; }
}  // namespace foo
OMNITRACE_ADAPT(foo::A, (value.b->a));
OMNITRACE_ADAPT(foo::B, value.a);
OMNITRACE_ADAPT(foo::Calls, value.get());
OMNITRACE_ADAPT(foo::Text, value.p);
OMNITRACE_ADAPT(foo::Big, std::vector<std::vector<int>>(1000, value.v));
OMNITRACE_ADAPT(foo::U, value.f);
OMNITRACE_ADAPT(foo::Price, value.get());
OMNITRACE_ADAPT(foo::Cyc, (std::vector<foo::Cyc>(3, value)));
// Not for all classes of the template.
template <>
struct omnitrace::adapt<foo::Only<double>>;
template <typename T>
struct omnitrace::adapt<foo::Only<T>> {
  static int view(const foo::Only<T>& o) { return o.t + 1000; }
};
template <typename T, int N>
struct omnitrace::adapt<foo::Two<T, N>> {
  static T view(const foo::Two<T, N>& o) { return o.t[N - 1]; }
};
// CHECK: thread 1 (app)
int main() {
  foo::B b{1, {2, nullptr}};
  b.a.b = &b;
  foo::a(b.a);  // CHECK-NEXT: foo::a({n: 2, b: 0x…}) -> 0
  foo::b(b);    // CHECK-NEXT: foo::b({n: 2, b: 0x…}) -> 0
  // What a view calls is not recorded.
  foo::c({1});                                   // CHECK-NEXT: foo::c(2) -> 0
  foo::c({5});                                   // CHECK-NEXT: foo::c(-1) -> 0
  foo::only(foo::Only<int>{3});                  // CHECK-NEXT: foo::only<int>(1003) -> 0
  foo::only(foo::Only<double>{0.5});             // CHECK-NEXT: foo::only<double>({t: 0.5}) -> 0
  foo::two(foo::Two<char, 3>{{'a', 'b', 'c'}});  // CHECK-NEXT: foo::two<char, 3>('c') -> 0
  foo::t({"hello"});                             // CHECK-NEXT: foo::t("hello") -> 0
  foo::t({reinterpret_cast<const char*>(8)});    // CHECK-NEXT: foo::t(<unreadable at 0x…>) -> 0
  foo::big({{1, 2, 3}});
  // CHECK-NEXT: foo::big({{\[\[}}1, 2, 3], [1, 2, 3], {{.*}}, … 1000]) -> 0
  // CHECK-NEXT: foo::Big::~Big(this={v: [1, 2, 3]})
  foo::U u;
  u.f = 2.5;
  foo::u(u);      // CHECK-NEXT: foo::u(2.5) -> 0
  foo::cyc({1});  // CHECK-NEXT: foo::cyc({{\[\[\[.*}}) -> 0
  foo::Price p, q[2];
  // CHECK-NEXT: foo::Price::Price() -> 3
  // CHECK-NEXT: foo::Price::Price() -> 3
  // CHECK-NEXT: foo::Price::Price() -> 3
  foo::pointers(&p, std::shared_ptr<foo::Price>(&p, [](void*) {}), q);
  // CHECK-NEXT: foo::pointers(p=*0x… {x: 3}, s=<shared_ptr use_count=1 -> 3>, arr=[3, 3]) -> *0x… {x: 3}
  // By then the object could be gone; where nothing is freed it isn't.
  foo::lose(p);  // CHECK-NEXT: foo::lose(p=3)
                 // CHECK-NEXT: foo::Price::Price() -> 3
  foo::set(p);   // CHECK-NEXT: foo::set(p=7) changed p=8
  std::thread([] { foo::c({1}); }).join();
  // CHECK-EMPTY:
  // CHECK-NEXT: thread 2 (app)
  // CHECK-NEXT: foo::c(2) -> 0
}
