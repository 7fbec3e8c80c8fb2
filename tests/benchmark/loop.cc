// loop N: N times the sum over an array of what a small inline function makes of each element;
// prints the nanoseconds. Without tracing, clang puts vector instructions there.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <vector>

namespace foo {

inline int scale(int x) { return 3 * x + 1; }

}  // namespace foo

namespace {

// Unsigned, as the sum overflows.
[[gnu::noinline]] unsigned Sum(const std::vector<int>& numbers) {
  unsigned sum = 0;
  for (int number : numbers) sum += static_cast<unsigned>(foo::scale(number));
  return sum;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: loop N\n"), 2;
  std::vector<int> numbers(4096);
  std::iota(numbers.begin(), numbers.end(), 0);
  volatile unsigned sum = 0;
  auto start = std::chrono::steady_clock::now();
  for (long left = std::atol(argv[1]); left > 0; --left) sum = sum + Sum(numbers);
  std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  std::printf("%.0f\n", took.count());
}
