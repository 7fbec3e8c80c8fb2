// An exception that nobody catches ends the program at the throw: the frames are still there when
// terminate runs, as in the plain program. (A catch and rethrow in each frame would lose them.)
// RUN: %trace %s -std=c++17 -rdynamic -fno-optimize-sibling-calls | FileCheck %s
#include <unwind.h>

#include <cstdio>
#include <cstdlib>
#include <exception>

namespace foo {
__attribute__((noinline)) int thrower(int n) {
  if (n > 0) throw n;
  return 1;
}
__attribute__((noinline)) int caller(int n) { return thrower(n) + 1; }
}  // namespace foo

int frames_above_main = 0;
_Unwind_Reason_Code Count(_Unwind_Context*, void*) {
  ++frames_above_main;
  return _URC_NO_REASON;
}

int main(int argc, char**) {
  _Unwind_Backtrace(Count, nullptr);
  int base = frames_above_main;
  std::set_terminate([] {
    frames_above_main = 0;
    _Unwind_Backtrace(Count, nullptr);
    std::_Exit(frames_above_main > 5 ? 7 : 1);
  });
  return foo::caller(argc) + base;
  // CHECK: > foo::caller(n=1)
  // CHECK-NEXT:   > foo::thrower(n=1)
  // CHECK-NOT: !
}
