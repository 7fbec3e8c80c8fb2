// Functions that were inlined into others are switched on and off by their own names, however deep
// they lie, in recursion, when they throw, in what all units share, and with link-time optimisation.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: for flags in "-O0" "-O1" "-O2" "-O3" "-O2 -fvisibility=hidden -ffunction-sections \
// RUN:     -Wl,--gc-sections -fuse-ld=lld" "-Os -fuse-ld=bfd -static-pie -fPIE" "-O2 -flto -fuse-ld=lld" \
// RUN:     "-O2 -flto=thin -fuse-ld=lld" "-O2 -ffat-lto-objects -flto=thin -fuse-ld=lld"; do \
// RUN:   build="%omni $flags -fomni-ns=foo -fomni-start=standby" && rm -f *.omni && \
// RUN:   $build -c %s -o main.o && $build -DOTHER -c %s -o other.o && $build main.o other.o -o app && \
// RUN:   OMNITRACE_OUT=app.omni ./app && %omnitrace verify app.omni && \
// RUN:   %omnitrace tree --stable app.omni | FileCheck %s || exit 1; done
#include <omnitrace/omnitrace.h>

#include <stdexcept>

namespace foo {
inline int third(int x) {
  if (x < 0) throw std::out_of_range("below");
  return x * 3;
}
inline int second(int x) { return third(x) + 1; }
template <typename T>
T first(T x) { return second(x) + third(x); }
static int local(int x) { return x + 5; }

#ifdef OTHER
int other(int x) { return first(x) + local(x); }
#else
int other(int x);
int recursive(int x) { return x == 0 ? first(0) : recursive(x - 1) + third(x); }
int catches(int x) {
  try {
    return first(x) + local(x);
  } catch (const std::exception&) {
    return 0;
  }
}
#endif
}  // namespace foo

#ifndef OTHER
namespace {

void use() {
  volatile int x = 1;
  x = foo::first(int{x}) + foo::other(x) + foo::recursive(x) + foo::catches(-1) + foo::catches(1);
}

}  // namespace

int main() {
  use();
  omnitrace::trace("foo::third");
  use();
  // CHECK:      thread 1 (app)
  // CHECK-NEXT: {{^}}  foo::third(x=1) -> 3
  // CHECK-NEXT: {{^}}  foo::third(x=1) -> 3
  // CHECK-NEXT: {{^}}  foo::third(x=1) -> 3
  // CHECK-NEXT: {{^}}  foo::third(x=1) -> 3
  // CHECK-NEXT: {{^}}  foo::third(x=0) -> 0
  // CHECK-NEXT: {{^}}  foo::third(x=0) -> 0
  // CHECK-NEXT: {{^}}  foo::third(x=1) -> 3
  // CHECK-NEXT: {{^}}! foo::third(x=-1) threw std::out_of_range
  // CHECK-NEXT: {{^}}  foo::third(x=1) -> 3
  // CHECK-NEXT: {{^}}  foo::third(x=1) -> 3
  omnitrace::trace("foo::second,foo::local");
  omnitrace::untrace("foo::third");
  use();
  // CHECK-NEXT: {{^}}  foo::second(x=1) -> 4
  // CHECK-NEXT: {{^}}  foo::second(x=1) -> 4
  // CHECK-NEXT: {{^}}  foo::local(x=1) -> 6
  // CHECK-NEXT: {{^}}  foo::second(x=0) -> 1
  // CHECK-NEXT: {{^}}! foo::second(x=-1) threw std::out_of_range
  // CHECK-NEXT: {{^}}  foo::second(x=1) -> 4
  // CHECK-NEXT: {{^}}  foo::local(x=1) -> 6
  omnitrace::trace("foo::first*");
  omnitrace::untrace("foo::second,foo::local");
  foo::other(2);
  // CHECK-NEXT: {{^}}  foo::first<int>(x=2) -> 13
  omnitrace::untrace("*");
  use();
  // CHECK-NOT:  foo::
}
#endif
