// Calls in the threads of an OpenMP region: all of them, each in its thread, as often as untraced.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: export OMP_NUM_THREADS=3 OMNITRACE_MODE=record
// RUN: %clang -fopenmp %s -o plain && ./plain > plain.out
// RUN: for level in -O0 -O2; do for start in record standby; do rm -f *.omni && \
// RUN:     %omni -fopenmp $level -fomni-ns='*' -fomni-start=$start %s -o app && \
// RUN:     ./app > app.out && diff plain.out app.out && %omnitrace verify *.omni && \
// RUN:     %omnitrace tree --stable *.omni > tree && FileCheck %s < tree && \
// RUN:     %omnitrace calls *.omni > calls && \
// RUN:     grep -c 'foo::square(' calls | FileCheck %s --check-prefix=COUNT || exit 1; done; done
#include <omp.h>

#include <cstdio>

namespace foo {
int square(int n) { return n * n; }

int sum(int count) {
  int total = 0;
#pragma omp parallel for reduction(+ : total) schedule(static)
  for (int i = 0; i < count; ++i) total += square(i);
  return total;
}
}  // namespace foo

int main() {
  std::printf("%d threads, sum %d\n", omp_get_max_threads(), foo::sum(30));
  // CHECK:      {{^}}  main() -> 0
  // CHECK-NEXT: {{^}}    foo::sum(count=30) -> 8555
  // CHECK-NEXT: {{^}}      foo::square(n=0) -> 0
  // CHECK:      {{^}}thread 2
  // CHECK:      {{^}}  foo::square(n={{[12]}}0)
  // CHECK:      {{^}}thread 3
  // CHECK:      {{^}}  foo::square(n={{[12]}}0)
  // COUNT: {{^30$}}
}
