// soak THREADS SECONDS CALLS: calls traced functions from THREADS threads, for so many seconds and
// at least so many times. Threads end and others take their places. Prints, one a line,
//   warm              once, after a quarter of the time, when two threads a place have ended
//   thread NAME N     N calls by a thread that has ended
//   calls FUNCTION N  in all
//   results N         a sum over what the functions returned, the same in every run
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <numeric>
#include <queue>
#include <string>
#include <thread>
#include <vector>

#include "count.h"
#include "work.h"

namespace {

// The work is these batches again and again, so that every result can be compared.
constexpr unsigned kBatches = 64;
constexpr unsigned kRounds = 64;  // in a batch: about 2,000 calls
// A thread lives for 32 to 95 batches.
constexpr unsigned kShortLife = 32;
constexpr unsigned kLives = 64;

std::atomic<uint64_t> results[kBatches];
std::atomic<uint64_t> total_calls[soak::kFunctions];
std::atomic<unsigned> next_batch;

uint64_t ResultOf(unsigned batch) {
  unsigned seed = batch * kRounds;
  // Of every fourth batch all calls are inside of one.
  uint64_t result = batch % 4 == 0 ? foo::day(seed, kRounds) : 0;
  for (unsigned i = 0; i < kRounds && batch % 4 != 0; ++i) {
    result = result * 31 + foo::round(seed + i);
    result += static_cast<unsigned>(foo::add(static_cast<int>(seed), static_cast<int>(i)));
  }
  return result | 1;
}

void RunBatch() {
  unsigned batch = next_batch++ % kBatches;
  uint64_t result = ResultOf(batch), known = 0;
  if (results[batch].compare_exchange_strong(known, result) || known == result) return;
  std::fprintf(stderr, "batch %u: expected %lu, got %lu\n", batch, known, result);
  std::exit(1);
}

void Live(unsigned number) {
  std::string name = "t" + std::to_string(number);
  pthread_setname_np(pthread_self(), name.c_str());
  for (unsigned i = 0; i < kShortLife + number % kLives; ++i) RunBatch();
  uint64_t calls = std::accumulate(std::begin(soak::calls), std::end(soak::calls), uint64_t{0});
  std::printf("thread %s %lu\n", name.c_str(), calls);
  for (int i = 0; i < soak::kFunctions; ++i) total_calls[i] += soak::calls[i];
}

bool AllResultsKnown() {
  return std::all_of(std::begin(results), std::end(results),
                     [](std::atomic<uint64_t>& result) { return result != 0; });
}

// As many threads as there are places. The main thread calls its methods.
class Places {
 public:
  explicit Places(unsigned count) : threads_(count) {
    for (unsigned place = 0; place < count; ++place) Begin(place);
  }
  // Waits for a thread's end, and says whose place is free.
  unsigned Join() {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return !free_.empty(); });
    unsigned place = free_.front();
    free_.pop();
    threads_[place].join();
    return place;
  }
  void Begin(unsigned place) {
    threads_[place] = std::thread([this, place, number = begun_++] {
      Live(number);
      std::lock_guard lock(mutex_);
      free_.push(place);
      ended_.notify_one();
    });
  }
  unsigned begun() const { return begun_; }

 private:
  std::vector<std::thread> threads_;
  unsigned begun_ = 0;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::queue<unsigned> free_;
};

uint64_t CallsSoFar() {
  return std::accumulate(std::begin(total_calls), std::end(total_calls), uint64_t{0});
}

void Soak(unsigned threads, double seconds, uint64_t least_calls) {
  auto start = std::chrono::steady_clock::now();
  auto passed = [start] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  Places places(threads);
  unsigned warm_at = 0;  // so many threads had begun; 0: not yet
  // Behind that every place has at least one more thread.
  while (warm_at == 0 || places.begun() < warm_at + threads || passed() < seconds ||
         CallsSoFar() < least_calls) {
    places.Begin(places.Join());
    bool is_warm = passed() >= seconds / 4 && places.begun() >= 3 * threads && AllResultsKnown();
    if (!is_warm || warm_at != 0) continue;
    warm_at = places.begun();
    std::puts("warm");
  }
  for (unsigned place = 0; place < threads; ++place) places.Join();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: soak THREADS SECONDS CALLS\n");
    return 2;
  }
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  Soak(static_cast<unsigned>(std::atoi(argv[1])), std::atof(argv[2]),
       std::strtoull(argv[3], nullptr, 10));
  for (int i = 0; i < soak::kFunctions; ++i) {
    std::printf("calls %s %lu\n", soak::kNames[i], total_calls[i].load());
  }
  uint64_t sum = 0;
  for (std::atomic<uint64_t>& result : results) sum = sum * 31 + result;
  std::printf("results %lu\n", sum);
}
