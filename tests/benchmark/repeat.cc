// repeat ROW CALLS [THREADS]: makes CALLS calls of one of the functions in values.h, in each of so
// many threads, and prints how many nanoseconds they took together, and those of all processors.
// The functions are in another file, so that they are called.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <future>
#include <thread>
#include <type_traits>

#include "values.h"

// For a recorder that doesn't start by itself.
[[gnu::weak]] void StartRecorder() {}

namespace {

struct Row {
  const char* name;
  void (*repeat)(long calls);
};

int threads = 1;

double ProcessorNanoseconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e9 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec);
}

// `call` may want to know which call it is.
template <typename Call>
void Repeat(long calls, Call call) {
  auto loop = [calls, &call] {
    for (long i = 0; i < calls; ++i) {
      if constexpr (std::is_invocable_v<Call, long>) {
        call(i);
      } else {
        call();
      }
    }
  };
  double processor = ProcessorNanoseconds();
  auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) others.emplace_back(loop);
  loop();
  for (std::thread& other : others) other.join();
  std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  std::printf("%.0f %.0f\n", took.count(), ProcessorNanoseconds() - processor);
}

foo::Item item = {7, 2.5, true};

void Text(long calls) {
  const std::string text = "twenty characters...";
  Repeat(calls, [&] { foo::text(text); });
}

void Numbers(long calls) {
  const std::vector<int> numbers = {1, 2, 3, 4, 5, 6, 7, 8};
  Repeat(calls, [&] { foo::numbers(numbers); });
}

void Table(long calls) {
  foo::Stock stock;
  for (int i = 0; i < 10; ++i) stock["item " + std::to_string(i)] = i;
  Repeat(calls, [&] { foo::table(stock); });
}

void TableAmongThreads(long calls) {
  std::promise<void> done;
  std::thread other([&] { done.get_future().wait(); });
  Table(calls);
  done.set_value();
  other.join();
}

// Numbers of up to 20 bits, as short ones take fewer bytes in some recordings.
void Pair(long calls) {
  Repeat(calls, [](long i) { foo::pair(static_cast<int>(i & 0xfffff), 7); });
}

// What no recorder of times can do without.
void Clock(long calls) {
  Repeat(calls, [] {
    __builtin_ia32_rdtsc();
    __builtin_ia32_rdtsc();
  });
}

constexpr Row kRows[] = {
    {"nothing", [](long calls) { Repeat(calls, [] { foo::nothing(); }); }},
    {"number", [](long calls) { Repeat(calls, [] { foo::number(7); }); }},
    {"pair", Pair},
    {"reference", [](long calls) { Repeat(calls, [] { foo::reference(item); }); }},
    {"value", [](long calls) { Repeat(calls, [] { foo::value(item); }); }},
    {"text", Text},
    {"numbers", Numbers},
    {"table", Table},
    {"table_among_threads", TableAmongThreads},
    {"pointer", [](long calls) { Repeat(calls, [] { foo::pointer(&item); }); }},
    {"changed", [](long calls) { Repeat(calls, [] { foo::changed(&item); }); }},
    {"result", [](long calls) { Repeat(calls, [] { foo::result(); }); }},
    {"clock", Clock},
};

}  // namespace

int main(int argc, char** argv) {
  StartRecorder();
  if (argc > 3) threads = std::atoi(argv[3]);
  for (const Row& row : kRows) {
    if (argc > 2 && std::strcmp(argv[1], row.name) == 0) return row.repeat(std::atol(argv[2])), 0;
  }
  std::fprintf(stderr, "usage: repeat ROW CALLS [THREADS]\n");
  return 2;
}
