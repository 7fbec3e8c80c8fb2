// What is computed at compile time stays so: no dynamic initialiser, and no call is recorded of it.
// RUN: %record -std=c++23 | FileCheck %s
// RUN: %omni -std=c++23 -fomni-ns='*' -S -emit-llvm %s -o - | FileCheck %s --check-prefix=IR
// IR-NOT: __cxx_global_var_init
#include <array>
#include <cstdio>
#include <string_view>

namespace foo {
constexpr int square(int n) { return n * n; }
consteval int twice(int n) { return 2 * n; }
constexpr int both(int n) {
  if consteval {
    return -n;
  }
  return n;
}
class Point {
 public:
  constexpr Point(int x, int y) : x_(x), y_(square(y)) {}
  constexpr int sum() const { return x_ + y_; }
  constexpr bool operator==(const Point&) const = default;

 private:
  int x_, y_;
};
template <int N>
constexpr int argument() {
  return N;
}
constexpr auto increment = [](int n) { return n + 1; };
constexpr int length(std::string_view text) {
  int n = 0;
  for (char c : text) n += c != 0;
  return n;
}
}  // namespace foo

static_assert(foo::square(3) == 9 && foo::both(2) == -2 && foo::increment(1) == 2);
static_assert(foo::Point(1, 2).sum() == 5 && foo::Point(1, 2) == foo::Point(1, 2));
int bounds[foo::square(2)];
std::array<int, foo::length("four")> array;
constinit int initialised = foo::square(5);
int constant = foo::twice(21);
const int reference = foo::both(3);
enum Names { kFirst = foo::argument<foo::square(3)>() };

int main(int argc, char**) {
  std::printf("%zu %zu %d %d %d %d\n", sizeof(bounds), array.size(), initialised, constant,
              reference, kFirst);
  switch (argc + 3) {
    case foo::square(2):
      std::puts("four");
  }
  foo::square(argc + 1);          // CHECK: foo::square(n=2) -> 4
  foo::both(argc);                // CHECK-NEXT: foo::both(n=1) -> 1
  foo::increment(argc);           // CHECK-NEXT: foo::(lambda {{.*}})({{.*}}n=1) -> 2
  foo::Point point(argc, argc);   // CHECK-NEXT: foo::Point::Point({{.*}}x=1, y=1)
                                  // CHECK-NEXT:   foo::square(n=1) -> 1
  return point.sum() - 2;         // CHECK-NEXT: foo::Point::sum({{.*}}) -> 2
}                                 // CHECK-NOT: foo::
