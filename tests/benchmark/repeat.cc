// repeat ROW CALLS: makes CALLS calls of one of the functions in values.h, and prints how many
// nanoseconds they took together. The functions are in another file, so that they are called.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <future>
#include <thread>

#include "values.h"

namespace {

struct Row {
  const char* name;
  void (*repeat)(long calls);
};

template <typename Call>
void Repeat(long calls, Call call) {
  auto start = std::chrono::steady_clock::now();
  for (long i = 0; i < calls; ++i) call();
  std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  std::printf("%.0f\n", took.count());
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

constexpr Row kRows[] = {
    {"nothing", [](long calls) { Repeat(calls, [] { foo::nothing(); }); }},
    {"number", [](long calls) { Repeat(calls, [] { foo::number(7); }); }},
    {"reference", [](long calls) { Repeat(calls, [] { foo::reference(item); }); }},
    {"value", [](long calls) { Repeat(calls, [] { foo::value(item); }); }},
    {"text", Text},
    {"numbers", Numbers},
    {"table", Table},
    {"table_among_threads", TableAmongThreads},
    {"pointer", [](long calls) { Repeat(calls, [] { foo::pointer(&item); }); }},
    {"changed", [](long calls) { Repeat(calls, [] { foo::changed(&item); }); }},
    {"result", [](long calls) { Repeat(calls, [] { foo::result(); }); }},
};

}  // namespace

int main(int argc, char** argv) {
  for (const Row& row : kRows) {
    if (argc == 3 && std::strcmp(argv[1], row.name) == 0) return row.repeat(std::atol(argv[2])), 0;
  }
  std::fprintf(stderr, "usage: repeat ROW CALLS\n");
  return 2;
}
