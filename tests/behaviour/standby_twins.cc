// A function that is off is not recorded where one that is on calls its twin, nor what is off below
// it; what is on there is.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: for flags in "-O0" "-O1" "-O2" "-O3 -flto -fuse-ld=lld" "-Os -flto=thin -fuse-ld=lld"; do \
// RUN:   build="%omni $flags -fomni-ns=foo -fomni-start=standby" && rm -f *.omni && \
// RUN:   $build -c %s -o main.o && $build -DOTHER -c %s -o other.o && $build main.o other.o -o app && \
// RUN:   OMNITRACE_OUT=app.omni ./app && %omnitrace verify app.omni && \
// RUN:   %omnitrace tree --stable app.omni | FileCheck %s || exit 1; done
#include <omnitrace/omnitrace.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace foo {
inline int innermost(int x) {
  if (x < 0) throw std::out_of_range("below");
  return x * 3;
}
inline int inner(int x) { return innermost(x) + 1; }
struct Item {
  std::string name;
  explicit Item(int x) : name(std::to_string(x)) {}
};
inline Item made(int x) { return Item(inner(x)); }
#ifdef OTHER
int other(int x) { return inner(x) + static_cast<int>(made(x).name.size()); }
#else
int other(int x);
int outer(int x) {
  try {
    return static_cast<int>(made(x).name.size()) + other(x);
  } catch (const std::exception&) {
    return -1;
  }
}
#endif
}  // namespace foo

#ifndef OTHER
namespace {

volatile int one = 1;

void use(const char* functions) {
  omnitrace::trace(functions);
  int results = foo::outer(one) + foo::outer(-one);
  omnitrace::untrace("*");
  if (results != 5) abort();
}

}  // namespace

int main() {
  use("");
  use("foo::outer");
  // CHECK:      thread 1 (app)
  // CHECK-NEXT: {{^}}  foo::outer(x=1) -> 6
  // CHECK-NEXT: {{^}}  foo::outer(x=-1) -> -1
  use("foo::outer,foo::innermost");
  // CHECK-NEXT: {{^}}  foo::outer(x=1) -> 6
  // CHECK-NEXT: {{^}}    foo::innermost(x=1) -> 3
  // CHECK-NEXT: {{^}}    foo::innermost(x=1) -> 3
  // CHECK-NEXT: {{^}}    foo::innermost(x=1) -> 3
  // CHECK-NEXT: {{^}}  foo::outer(x=-1) -> -1
  // CHECK-NEXT: {{^}}  ! foo::innermost(x=-1) threw std::out_of_range("below")
  use("foo::made");
  // CHECK-NEXT: {{^}}  foo::made(x=1) -> {name: "4"}
  // CHECK-NEXT: {{^}}  foo::made(x=1) -> {name: "4"}
  // CHECK-NEXT: {{^}}! foo::made(x=-1) threw std::out_of_range("below")
  use("foo::innermost");
  // CHECK-NEXT: {{^}}  foo::innermost(x=1) -> 3
  // CHECK-NEXT: {{^}}  foo::innermost(x=1) -> 3
  // CHECK-NEXT: {{^}}  foo::innermost(x=1) -> 3
  // CHECK-NEXT: {{^}}! foo::innermost(x=-1) threw std::out_of_range("below")
  // CHECK-NOT: foo
}
#endif
