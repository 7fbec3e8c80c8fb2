// probe N: N times around a loop that has a probe of two numbers and a text where PROBE says so;
// prints the nanoseconds of one.
#include <omnitrace/omnitrace.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#ifndef PROBE
#undef OMNITRACE_PROBE
#define OMNITRACE_PROBE(...)
#endif

namespace {

int sum = 0;

// Returns what the compiler can't foresee.
[[gnu::noinline]] int Work(int a, int b) {
  asm volatile("" : "+r"(a));
  return a + b;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: probe N\n"), 2;
  const std::string text = "twenty characters...";
  const long calls = std::atol(argv[1]);
  auto start = std::chrono::steady_clock::now();
  for (long i = 0; i < calls; ++i) {
    int a = static_cast<int>(i & 0xfffff);
    OMNITRACE_PROBE("work", a, sum, text);
    sum = Work(a, 7);
  }
  std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  std::printf("%.3f\n", took.count() / static_cast<double>(calls));
}
