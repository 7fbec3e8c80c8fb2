// Variadic functions in standby: their arguments, more than registers hold, reach the version that
// records. One that also has a parameter in memory has a single version, with hooks.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: for level in -O0 -O2; do %omni $level -fomni-ns=foo -fomni-start=standby %s -o app && \
// RUN:   OMNITRACE_OUT=$level.omni ./app | FileCheck %s --check-prefix=OUT && \
// RUN:   %omnitrace tree --stable ./$level.omni | FileCheck %s || exit 1; done
// OUT: 36 36
// OUT-NEXT: 136 136
// CHECK: foo::sum(count=8) -> 36
// CHECK: foo::large(box={numbers: [100, 0, 0, 0]}, count=8) -> 136
#include <omnitrace/omnitrace.h>

#include <cstdarg>
#include <cstdio>

namespace foo {
struct Box {
  long numbers[4];
};
int add(int count, va_list more) {
  int sum = 0;
  for (int i = 0; i < count; ++i) sum += va_arg(more, int);
  return sum;
}
[[gnu::noinline]] int sum(int count, ...) {
  va_list more;
  va_start(more, count);
  int result = add(count, more);
  va_end(more);
  return result;
}
[[gnu::noinline]] int large(Box box, int count, ...) {
  va_list more;
  va_start(more, count);
  int result = add(count, more) + static_cast<int>(box.numbers[0]);
  va_end(more);
  return result;
}
}  // namespace foo

int main() {
  int off = foo::sum(8, 1, 2, 3, 4, 5, 6, 7, 8),
      off_large = foo::large({{100}}, 8, 1, 2, 3, 4, 5, 6, 7, 8);
  omnitrace::trace("foo::sum,foo::large");
  std::printf("%d %d\n", off, foo::sum(8, 1, 2, 3, 4, 5, 6, 7, 8));
  std::printf("%d %d\n", off_large, foo::large({{100}}, 8, 1, 2, 3, 4, 5, 6, 7, 8));
}
