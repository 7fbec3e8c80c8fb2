// A call of what its author forbids or warns of is reported as in the plain build: once, and not
// where optimisation has removed it.
// A known limit: what a record build must watch for exceptions, Clang warns of no more.
// XFAIL: *
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: for flags in "-O0 -c" "-O2 -c" "-O2 -DFORBIDDEN -c"; do \
// RUN:   %clang $flags %s -o app.o 2> plain; plain=$?; \
// RUN:   for start in record standby; do \
// RUN:     %omni $flags -fomni-ns='*' -fomni-start=$start %s -o app.o 2> $start; \
// RUN:     test $? = $plain && diff plain $start || exit 1; done; done
// RUN: FileCheck %s --implicit-check-not=warning: < plain
namespace foo {
[[gnu::error("too large")]] void too_large();
[[gnu::warning("avoid this")]] int avoided(int n);

[[gnu::always_inline]] inline int check(int n) {
  if (n > 3) too_large();
  return n;
}
}  // namespace foo

int calls(int n) { return foo::avoided(n); }
// CHECK: warning: {{.*}}avoid this
#ifdef __OPTIMIZE__
int allowed() { return foo::check(1); }
#ifdef FORBIDDEN
int forbidden() { return foo::check(4); }
// CHECK: error: {{.*}}too large
#endif
#endif
