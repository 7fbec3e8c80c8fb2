// Exceptions cross calls as they do untraced: each call that one leaves says what was thrown.
// RUN: %record -std=c++17 | FileCheck %s
#include <cstdio>
#include <exception>
#include <stdexcept>

namespace foo {
void throws(int n) { throw n; }
void rethrows(int n) {
  try {
    throws(n);
  } catch (int) {
    throw;
  }
}
void replaces(int n) {
  try {
    throws(n);
  } catch (int) {
    throw std::runtime_error("replaced");
  }
}
int nested(int n) {
  try {
    try {
      throws(n);
    } catch (int) {
      std::throw_with_nested(std::logic_error("outer"));
    }
  } catch (const std::exception& error) {
    try {
      std::rethrow_if_nested(error);
    } catch (int inner) {
      return inner;
    }
  }
  return -1;
}
struct Member {
  explicit Member(int n) {
    if (n == 0) throw std::range_error("member");
  }
  ~Member() {}
};
struct Whole {
  Whole(int a, int b) try : first(a), second(b) {
  } catch (const std::range_error&) {
    throw std::runtime_error("whole");
  }
  Member first, second;
};
struct Bomb {
  ~Bomb() noexcept(false) { throw 7; }
};
void explodes() { Bomb bomb; }
int function_try(int n) try {
  throws(n);
  return 0;
} catch (int caught) {
  return caught;
}
}  // namespace foo

template <class Function>
void untraced(Function function) {
  try {
    function();
  } catch (const std::exception& error) {
    std::puts(error.what());
  } catch (int n) {
    std::printf("%d\n", n);
  }
}

int main() {
  untraced([] { foo::rethrows(1); });
  // CHECK: ! foo::rethrows(n=1) threw int
  // CHECK-NEXT: ! foo::throws(n=1) threw int
  untraced([] { foo::replaces(2); });
  // CHECK-NEXT: ! foo::replaces(n=2) threw std::runtime_error
  // CHECK-NEXT: ! foo::throws(n=2) threw int
  foo::nested(3);
  // CHECK-NEXT: foo::nested(n=3) -> 3
  // CHECK-NEXT: ! foo::throws(n=3) threw int
  untraced([] { foo::Whole(1, 0); });
  // CHECK-NEXT: ! foo::Whole::Whole({{.*}}a=1, b=0) threw std::runtime_error
  // CHECK-NEXT:   foo::Member::Member({{.*}}n=1)
  // CHECK-NEXT: ! foo::Member::Member({{.*}}n=0) threw std::range_error
  // CHECK-NEXT:   foo::Member::~Member(
  untraced([] { foo::explodes(); });
  // CHECK-NEXT: ! foo::explodes() threw int
  // CHECK-NEXT: ! foo::Bomb::~Bomb({{.*}}) threw int
  foo::function_try(4);
  // CHECK-NEXT: foo::function_try(n=4) -> 4
  // CHECK-NEXT: ! foo::throws(n=4) threw int
}
