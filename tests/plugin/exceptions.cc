// Every frame that an exception crosses ends as unwound; one that catches ends as returned.
// RUN: %trace %s -std=c++17 | FileCheck %s
#include <stdexcept>
namespace foo {
struct Guard {
  ~Guard() {}
};
int thrower(int n) {
  if (n == 0) throw std::runtime_error("boom");
  return thrower(n - 1) + 1;
}
int cleans(int n) {
  Guard guard;
  return thrower(n);
}
int catches(int n) {
  try {
    return cleans(n);
  } catch (const std::exception&) {
    return -1;
  }
}
int rethrows(int n) {
  try {
    return cleans(n);
  } catch (...) {
    throw;
  }
}
int passes(int n) noexcept { return catches(n); }
}  // namespace foo
int untraced(int n) {
  try {
    return foo::rethrows(n);
  } catch (...) {
    return 5;
  }
}

int main() {
  foo::catches(1);
  // CHECK: > foo::catches(n=1)
  // CHECK-NEXT:   > foo::cleans(n=1)
  // CHECK-NEXT:     > foo::thrower(n=1)
  // CHECK-NEXT:       > foo::thrower(n=0)
  // CHECK-NEXT:       ! foo::thrower
  // CHECK-NEXT:     ! foo::thrower
  // CHECK-NEXT:     > foo::Guard::~Guard(this=?)
  // CHECK-NEXT:     < foo::Guard::~Guard
  // CHECK-NEXT:   ! foo::cleans
  // CHECK-NEXT: < foo::catches = -1
  untraced(0);
  // CHECK-NEXT: > foo::rethrows(n=0)
  // CHECK-NEXT:   > foo::cleans(n=0)
  // CHECK-NEXT:     > foo::thrower(n=0)
  // CHECK-NEXT:     ! foo::thrower
  // CHECK:        ! foo::cleans
  // CHECK-NEXT: ! foo::rethrows
  foo::passes(0);
  // CHECK: < foo::passes = -1
}
