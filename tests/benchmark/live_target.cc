// A program that does what the lines on its standard input say, and answers each by the nanoseconds
// of the processor that one of the N times took, and by how often a probe's arguments were
// evaluated in all:
//
//   plain N      calls Work
//   function N   calls foo::Work, which is the same and traced
//   probe N      calls Work beside a probe of two numbers and a text of 20 characters
//   other N      reaches another probe
#include <omnitrace/omnitrace.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

namespace foo {

// Returns what the compiler can't foresee.
[[gnu::noinline]] int Work(int a, int b, const std::string& text) {
  asm volatile("" : "+r"(a) : "r"(&text));
  return a + b;
}

}  // namespace foo

namespace {

long evaluated = 0;
int sum = 0;

[[gnu::noinline]] int Work(int a, int b, const std::string& text) {
  asm volatile("" : "+r"(a) : "r"(&text));
  return a + b;
}

// Of this thread's processor, in nanoseconds: what others do on it is not counted.
double Now() {
  timespec now = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

template <typename Each>
double Time(long times, Each each) {
  double start = Now();
  for (long i = 0; i < times; ++i) each(static_cast<int>(i & 0xfffff));
  return (Now() - start) / static_cast<double>(times);
}

double Do(const char* what, long times) {
  const std::string text = "twenty characters...";
  if (std::strcmp(what, "function") == 0) {
    return Time(times, [&](int a) { sum = foo::Work(a, 7, text); });
  }
  if (std::strcmp(what, "probe") == 0) {
    return Time(times, [&](int a) {
      OMNITRACE_PROBE("work", ("a", (++evaluated, a)), sum, text);
      sum = Work(a, 7, text);
    });
  }
  if (std::strcmp(what, "other") == 0) {
    return Time(times, [&](int a) { OMNITRACE_PROBE("other", a); });
  }
  return Time(times, [&](int a) { sum = Work(a, 7, text); });
}

}  // namespace

int main() {
  char what[16];
  for (long times = 0; std::scanf("%15s %ld", what, &times) == 2;) {
    double took = Do(what, times);
    std::printf("%.3f %ld\n", took, evaluated);
    std::fflush(stdout);
  }
}
