// Makes about N calls (argument; default 10 million) of small functions: a tree as deep as work
// usually is, with ints, a struct and a string among the values.
#include <cstdio>
#include <cstdlib>
#include <string>

namespace foo {
struct Point {
  int x, y;
};

__attribute__((noinline)) int add(int a, int b) { return a + b; }

__attribute__((noinline)) int dot(Point a, Point b) { return add(a.x * b.x, a.y * b.y); }

__attribute__((noinline)) size_t name(const std::string& text, int n) { return text.size() + n; }

// One item is ten calls: itself, name, and four pairs of dot and add.
__attribute__((noinline)) long item(int i) {
  static const std::string text = "item";
  long sum = static_cast<long>(name(text, i & 7));
  for (int k = 0; k < 4; ++k) sum += dot({i, k}, {k, i});
  return sum;
}

long batch(int items) {
  long sum = 0;
  for (int i = 0; i < items; ++i) sum += item(i);
  return sum;
}
}  // namespace foo

int main(int argc, char** argv) {
  long calls = argc > 1 ? std::atol(argv[1]) : 10'000'000;
  long sum = 0;
  for (long left = calls / 10; left > 0; left -= 1000)
    sum += foo::batch(static_cast<int>(left < 1000 ? left : 1000));
  std::printf("%ld\n", sum);
}
