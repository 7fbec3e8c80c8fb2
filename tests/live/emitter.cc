// A program that counts exactly what it emits: the probe `tick` with two integers and a text of 20
// characters, for observers to compare what they received and lost with.
//
//   emitter [THREADS [RATE [EVENTS [CALLERS]]]]
//
//   THREADS   that emit, 1 if it isn't given
//   RATE      times a second that each of them reaches the probe; 0, the default, is full speed
//   EVENTS    after which a thread ends. 0, the default: emits until SIGTERM or SIGINT
//   CALLERS   threads that call shop::root in a loop; one more is in shop::spin, which returns only
//             when the program ends. None if it isn't given
//
// `seq` counts the events of one thread from 1 on and `worker` is the thread's number, from 0 on.
// What was reached while the probe was off is no event. It prints a line of JSON as soon as it can
// take signals, one for each SIGUSR1, and one at its end:
//
//   {"sent": 5, "threads": [2, 3], "roots": 0, "steps": 0}
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "omnitrace/omnitrace.h"

namespace shop {

struct Order {
  int number;
  std::string text;
};

[[gnu::noinline]] int parse(const std::string& text) { return std::atoi(text.c_str()); }

[[gnu::noinline]] int compute(int pieces, int price) { return pieces * price; }

[[gnu::noinline]] int handle(const Order& order) { return compute(parse(order.text), 3); }

[[gnu::noinline]] int root(int number) { return handle({number, std::to_string(number % 100)}); }

inline long step(long n) { return n + 1; }

[[gnu::noinline]] void spin(const std::atomic<bool>& stop, std::atomic<long>& steps) {
  for (long n = 0; !stop.load(std::memory_order_relaxed);) {
    steps.store(n = step(n), std::memory_order_relaxed);
  }
}

}  // namespace shop

namespace {

using Clock = std::chrono::steady_clock;

std::atomic<bool> stop{false};
std::mutex mutex;
std::condition_variable stopped;

// Of one thread, which alone writes it, on a cache line of its own.
struct alignas(64) Count {
  std::atomic<long> value{0};

  long Next() {
    long next = value.load(std::memory_order_relaxed) + 1;
    value.store(next, std::memory_order_relaxed);
    return next;
  }
};

struct Counts {
  explicit Counts(int threads) : sent(threads) {}

  std::deque<Count> sent;
  std::atomic<long> roots{0};
  std::atomic<long> steps{0};

  void Print() const {
    long sum = 0;
    std::string each;
    for (const Count& count : sent) {
      long value = count.value.load(std::memory_order_relaxed);
      sum += value;
      each += (each.empty() ? "" : ", ") + std::to_string(value);
    }
    std::printf("{\"sent\": %ld, \"threads\": [%s], \"roots\": %ld, \"steps\": %ld}\n", sum,
                each.c_str(), roots.load(), steps.load());
    std::fflush(stdout);
  }
};

// The count is an argument of the probe, so that it grows exactly when the probe is on.
void Tick(int worker, const std::string& text, Count& count) {
  OMNITRACE_PROBE("tick", ("seq", count.Next()), worker, text);
}

void EmitAtFullSpeed(int worker, long events, Count& count) {
  const std::string text = "twenty characters 20";
  while (!stop.load(std::memory_order_relaxed)) {
    Tick(worker, text, count);
    if (events > 0 && count.value.load(std::memory_order_relaxed) == events) return;
  }
}

void EmitAtRate(int worker, long rate, long events, Count& count) {
  const std::string text = "twenty characters 20";
  const Clock::time_point start = Clock::now();
  for (long i = 0; events == 0 || count.value < events; ++i) {
    Clock::time_point due = start + std::chrono::seconds(i / rate) +
                            std::chrono::nanoseconds(i % rate * 1000000000 / rate);
    if (Clock::now() < due) {
      std::unique_lock<std::mutex> lock(mutex);
      stopped.wait_until(lock, due, [] { return stop.load(); });
    }
    if (stop) return;
    Tick(worker, text, count);
  }
}

void Call(Counts& counts) {
  for (int n = 0; !stop.load(std::memory_order_relaxed); n = (n + 1) % 1000000) {
    shop::root(n);
    counts.roots.fetch_add(1, std::memory_order_relaxed);
  }
}

void Stop() {
  std::lock_guard<std::mutex> lock(mutex);
  stop = true;
  stopped.notify_all();
}

sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (int signal : {SIGUSR1, SIGTERM, SIGINT}) sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void AnswerSignals(const sigset_t& signals, const Counts& counts) {
  for (int signal = 0; sigwait(&signals, &signal) == 0 && signal == SIGUSR1;) counts.Print();
}

}  // namespace

int main(int argc, char** argv) {
  auto number = [&](int i, long otherwise) { return i < argc ? std::atol(argv[i]) : otherwise; };
  const int threads = number(1, 1);
  const long rate = number(2, 0), events = number(3, 0), callers = number(4, 0);
  const sigset_t signals = BlockSignals();
  Counts counts(threads);
  std::atomic<int> busy{threads};
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&, i] {
      rate > 0 ? EmitAtRate(i, rate, events, counts.sent[i])
               : EmitAtFullSpeed(i, events, counts.sent[i]);
      // The last one wakes the thread that waits for signals.
      if (--busy == 0 && !stop) kill(getpid(), SIGTERM);
    });
  }
  for (long i = 0; i < callers; ++i) workers.emplace_back([&] { Call(counts); });
  if (callers > 0) workers.emplace_back([&] { shop::spin(stop, counts.steps); });
  counts.Print();
  AnswerSignals(signals, counts);
  Stop();
  for (std::thread& worker : workers) worker.join();
  counts.Print();
}
