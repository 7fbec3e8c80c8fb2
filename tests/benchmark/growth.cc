// growth SHAPE N CALLS: makes CALLS calls in all, and prints how many nanoseconds of processor time
// they took together.
//   threads    by N threads that all live from the first call to the last
//   depth      N deep, one inside the other, again and again; a million need a stack of 1 GiB
//   length     one after the other, and prints the time of the last tenth; N is nothing
//   functions  of N functions in turn, which are in files that growth.py writes
#include <time.h>

#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

extern int (*const functions[])(int);
extern const long function_count;

namespace foo {
__attribute__((noinline)) int leaf(int n) { return n + 1; }

// As it is, not as a loop.
__attribute__((noinline)) int descend(int n) {
  if (n == 1) return 0;
  int below = descend(n - 1);
  asm volatile("" : "+r"(below));
  return below + 1;
}
}  // namespace foo

namespace {

volatile int sink;

double Processor() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

void Leaves(long calls) {
  for (long i = 0; i < calls; ++i) sink = foo::leaf(static_cast<int>(i));
}

// Each thread's first call maps its window; what a call costs is measured behind that.
double Threads(long count, long calls) {
  std::barrier everybody(count + 1);
  std::vector<std::thread> threads;
  for (long i = 0; i < count; ++i) {
    threads.emplace_back([&] {
      Leaves(1);
      everybody.arrive_and_wait();
      everybody.arrive_and_wait();
      Leaves(calls / count);
      everybody.arrive_and_wait();
    });
  }
  everybody.arrive_and_wait();
  double start = Processor();
  everybody.arrive_and_wait();
  everybody.arrive_and_wait();
  double took = Processor() - start;
  for (std::thread& thread : threads) thread.join();
  return took;
}

double Depth(long depth, long calls) {
  sink = foo::descend(static_cast<int>(depth));
  double start = Processor();
  for (long left = calls; left > 0; left -= depth) sink = foo::descend(static_cast<int>(depth));
  return Processor() - start;
}

double Length(long, long calls) {
  Leaves(calls / 10 * 9);
  double start = Processor();
  Leaves(calls / 10);
  return (Processor() - start) * 10;
}

double Functions(long count, long calls) {
  if (count > function_count) std::exit(2);
  for (long i = 0; i < count; ++i) sink = functions[i](0);
  double start = Processor();
  for (long left = calls; left > 0; left -= count) {
    for (long i = 0; i < count; ++i) sink = functions[i](static_cast<int>(left));
  }
  return Processor() - start;
}

constexpr struct {
  const char* name;
  double (*run)(long n, long calls);
} kShapes[] = {
    {"threads", Threads}, {"depth", Depth}, {"length", Length}, {"functions", Functions}};

}  // namespace

int main(int argc, char** argv) {
  for (const auto& shape : kShapes) {
    if (argc != 4 || std::strcmp(argv[1], shape.name) != 0) continue;
    std::printf("%.0f\n", shape.run(std::atol(argv[2]), std::atol(argv[3])));
    return 0;
  }
  std::fprintf(stderr, "usage: growth threads|depth|length|functions N CALLS\n");
  return 2;
}
