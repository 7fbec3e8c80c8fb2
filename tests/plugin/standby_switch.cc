// A loop that never calls anything unknown notices a switch that somebody else turns: the load
// stays in the inlined copy. Ends only then.
// RUN: %clang -O2 %plugin -fplugin-arg-omnitrace-start=standby %s %S/inputs/turn_on.cc %hooks -o %t
// RUN: env ON=nothing CALLS=%t.calls %t && FileCheck %s < %t.calls
#include <thread>
extern "C" volatile int calls_entered;
void turn_on();
namespace foo {
inline int step(int x) { return x + 1; }
}  // namespace foo
int main() {
  std::thread other(turn_on);
  int x = 0;
  while (calls_entered == 0) x = foo::step(1);
  other.join();
  return x - 2;
}
// CHECK:      > foo::step(x=1)
// CHECK-NEXT: < foo::step = 2
