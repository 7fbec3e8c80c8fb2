// Twins of functions whose assembler code takes the frame pointer's register, or all registers.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: for flags in "-O1" "-O2" "-Os" "-O2 -flto -fuse-ld=lld" "-O2 -flto=thin -fuse-ld=lld"; do \
// RUN:   %omni $flags -fomni-ns=foo -fomni-start=standby %s -o app && ./app off | FileCheck %s && \
// RUN:   ./app on | FileCheck %s || exit 1; done
#include <omnitrace/omnitrace.h>

#include <cstdio>
#include <cstring>

static inline int five_more(int n) {
  int y;
  asm volatile("movl %1, %%ebp\n\taddl $5, %%ebp\n\tmovl %%ebp, %0" : "=r"(y) : "r"(n) : "rbp");
  return y;
}

namespace foo {
int own(int n) {
  volatile int keep[2] = {1, 2};
  int y;
  asm volatile("movl %1, %%ebp\n\taddl $7, %%ebp\n\tmovl %%ebp, %0" : "=r"(y) : "r"(n) : "rbp");
  keep[n & 1] += y;
  return keep[n & 1];
}
int inlined(int n) {
  volatile int keep[2] = {1, 2};
  keep[n & 1] += five_more(n);
  return keep[n & 1];
}
long all(long n) {
  long a, b, c, d, e, f, g, h, i, j, k, l, m, o;
  asm volatile("" : "=&r"(a), "=&r"(b), "=&r"(c), "=&r"(d), "=&r"(e), "=&r"(f), "=&r"(g), "=&r"(h),
               "=&r"(i), "=&r"(j), "=&r"(k), "=&r"(l), "=&r"(m), "=&r"(o) : "r"(n));
  return n;
}
}  // namespace foo

int main(int argc, char** argv) {
  if (argc > 1 && strcmp(argv[1], "on") == 0) omnitrace::trace("foo");
  // CHECK: 10 8 4
  printf("%d %d %ld\n", foo::own(1), foo::inlined(1), foo::all(4));
}
