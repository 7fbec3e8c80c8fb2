// Functions of which each unit and each library has a copy, and none is inlined.
#include <cstdio>

namespace foo {
[[gnu::noinline]] inline int shared(int n) {
  std::printf("shared %d\n", n);
  return n;
}

template <class T>
[[gnu::noinline]] T twice(T n) {
  std::printf("twice %d\n", n);
  return n + n;
}

int one(int n);
int two(int n);
}  // namespace foo
