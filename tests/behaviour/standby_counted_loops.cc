// Loops that are tested once in front, some of them copies, make the same calls as others when their
// functions are on, also out of nested ones and when one of them throws.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: for flags in -O0 -O1 -O2 "-O3 -mavx2" -Os "-O2 -flto=thin -fuse-ld=lld" "-O2 -fsanitize=undefined"; do \
// RUN:   %omni $flags -fomni-ns=foo -fomni-start=standby %s -o app && rm -f *.omni && \
// RUN:   OMNITRACE_OUT=app.omni ./app && %omnitrace verify app.omni && \
// RUN:   %omnitrace tree --stable app.omni | FileCheck %s || exit 1; done
#include <omnitrace/omnitrace.h>

#include <numeric>
#include <vector>

namespace foo {
inline int third(int x) { return x * 3; }
inline int checked(int x) {
  if (x < 0) throw x;
  return x;
}
int covers(const std::vector<int>& numbers) {
  int sum = 0;
  for (int x : numbers) sum += third(x);
  return sum;
}
// The inner loop gets a copy.
int nests(const std::vector<int>& numbers) {
  int sum = 0;
  for (int i = 0; i < 2; ++i) {
    for (int x : numbers) sum += third(x + i);
    sum = third(sum);
  }
  return sum;
}
}  // namespace foo

namespace {

[[gnu::noinline]] int copies(std::vector<int>& numbers) {
  int last = 0;
  for (int& x : numbers) {
    last = foo::checked(x);
    x = foo::third(last);
  }
  return last;
}

[[gnu::noinline]] int catches(std::vector<int>& numbers) {
  try {
    return copies(numbers);
  } catch (int x) {
    return x;
  }
}

int use(int first) {
  std::vector<int> numbers(100);
  std::iota(numbers.begin(), numbers.end(), 0);
  int sum = foo::covers(numbers) + foo::nests(numbers);
  numbers = {first, first + 1};
  sum += copies(numbers) * 10 + numbers[1];
  numbers = {first, -1, 7};
  return sum + catches(numbers);
}

}  // namespace

int main() {
  int plain = use(4);
  omnitrace::trace("foo::third");
  // CHECK:      thread 1 (app)
  // CHECK-NEXT: {{^}}  foo::third(x=0) -> 0
  // CHECK-NEXT: {{^}}  foo::third(x=1) -> 3
  // CHECK:      {{^}}  foo::third(x=99) -> 297
  // CHECK-NEXT: {{^}}  foo::third(x=0) -> 0
  // CHECK:      {{^}}  foo::third(x=99) -> 297
  // CHECK-NEXT: {{^}}  foo::third(x=14850) -> 44550
  // CHECK-NEXT: {{^}}  foo::third(x=1) -> 3
  // CHECK:      {{^}}  foo::third(x=100) -> 300
  // CHECK-NEXT: {{^}}  foo::third(x=59700) -> 179100
  // CHECK-NEXT: {{^}}  foo::third(x=4) -> 12
  // CHECK-NEXT: {{^}}  foo::third(x=5) -> 15
  // CHECK-NEXT: {{^}}  foo::third(x=4) -> 12
  if (use(4) != plain) return 1;
  omnitrace::untrace("foo::third");
  if (use(4) != plain) return 1;
  omnitrace::trace("foo::checked");
  // CHECK-NEXT: {{^}}  foo::checked(x=4) -> 4
  // CHECK-NEXT: {{^}}  foo::checked(x=5) -> 5
  // CHECK-NEXT: {{^}}  foo::checked(x=4) -> 4
  // CHECK-NEXT: {{^}}! foo::checked(x=-1) threw int
  // CHECK-NOT:  foo::
  return use(4) == plain ? 0 : 1;
}
