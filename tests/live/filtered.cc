// A program whose calls have values of every type that rules can compare. Each line on its standard
// input is a command, answered by a line:
//
//   run N        shop::insert for each n from 1 to N, and shop::tally in every tenth of them
//   threads T N  the same in T threads at once, each of which begins at 1
//   loop         shop::turn for each n from 1 on, in a thread that never pauses
//   stop         ends that, and is answered by the last n
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "omnitrace/omnitrace.h"

namespace shop {

enum class Coin { penny, nickel, dime };

struct Order {
  int number;
  std::string text;
};

[[gnu::noinline]] int tally(int n) {
  __asm__ volatile("");
  return n / 10;
}

[[gnu::noinline]] int insert(int n, Coin coin, const std::string& text, const Order& order,
                             double price, const char* note, bool even) {
  OMNITRACE_PROBE("shop:inserted", n, text);
  int more = static_cast<int>(coin) + order.number + (note != nullptr) + even + (price > 0);
  return n % 10 == 0 ? n + tally(n) : n + more * 0 + (text.empty() ? 1 : 0);
}

[[gnu::noinline]] int turn(int n) {
  __asm__ volatile("");
  return n;
}

}  // namespace shop

namespace {

// A thread that makes calls without a pause of some 6 us looks around when its block is full: here
// 20 ms later.
class Loop {
 public:
  void Start() {
    thread_ = std::thread([this] {
      while (!stop_.load(std::memory_order_relaxed)) {
        shop::turn(++n_);
        Spin();
      }
    });
  }
  int Stop() {
    stop_ = true;
    thread_.join();
    return n_;
  }

 private:
  static void Spin() {
    using Clock = std::chrono::steady_clock;
    for (auto end = Clock::now() + std::chrono::microseconds(4); Clock::now() < end;) {
    }
  }

  std::atomic<bool> stop_{false};
  std::thread thread_;
  int n_ = 0;
};

void Run(int times) {
  for (int n = 1; n <= times; ++n) {
    std::string text = "number " + std::to_string(n) + ", as a text beyond the short ones";
    shop::insert(n, static_cast<shop::Coin>(n % 3), text, {n * 2, std::to_string(n % 7)}, n * 0.5,
                 n % 4 == 0 ? nullptr : text.c_str(), n % 2 == 0);
  }
}

}  // namespace

int main() {
  Loop loop;
  char command[16];
  while (std::scanf("%15s", command) == 1) {
    int threads = 0, times = 0;
    if (std::string(command) == "loop") {
      loop.Start();
    } else if (std::string(command) == "stop") {
      times = loop.Stop();
    } else if (std::string(command) == "threads") {
      if (std::scanf("%d %d", &threads, &times) != 2) return 1;
      std::vector<std::thread> all;
      for (int i = 0; i < threads; ++i) all.emplace_back([times] { Run(times); });
      for (std::thread& thread : all) thread.join();
    } else {
      if (std::scanf("%d", &times) != 1) return 1;
      Run(times);
    }
    std::printf("%d\n", times);
    std::fflush(stdout);
  }
}
