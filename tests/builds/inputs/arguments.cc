#include <cstdio>

namespace foo {
struct InMemory {
  long a, b, c;
};

[[gnu::noinline]] long registers(int a, long b) {
  printf("%d\n", a);
  return a + b;
}
[[gnu::noinline]] InMemory memory(InMemory x, int n) {
  printf("%ld\n", x.a);
  return {x.c, x.b, x.a + n};
}
}  // namespace foo

int main(int argc, char**) {
  foo::InMemory x = {argc, 2, 3};
  return foo::registers(argc, 2) + foo::memory(x, argc).c == 5 ? 0 : 1;
}
