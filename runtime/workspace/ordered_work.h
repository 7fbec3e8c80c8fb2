// Pieces of work done on all cores, whose results come in order.
//
//   OrderedWork<Sum> work(pieces.size(), [&](size_t i) { return SumOf(pieces[i]); });
//   while (std::optional<Sum> sum = work.Next()) total.Add(*sum);
#ifndef OMNITRACE_RUNTIME_WORKSPACE_ORDERED_WORK_H_
#define OMNITRACE_RUNTIME_WORKSPACE_ORDERED_WORK_H_

#include <sched.h>

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace omnitrace::workspace {

// The cores that this process may use.
inline size_t CountCores() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof(cores), &cores) != 0) return 1;
  return static_cast<size_t>(std::max(1, CPU_COUNT(&cores)));
}

// A thread costs as much as a few pieces, which are blocks or more.
inline size_t CountThreadsFor(size_t pieces) { return std::min(CountCores(), 1 + pieces / 16); }

template <typename Result>
class OrderedWork {
 public:
  // `work` is called for 0 to pieces - 1, by up to `threads` threads at once; the one that waits
  // for results is one of them; 0: as many as pay. Results that aren't taken are few, however slow
  // Next's caller is.
  OrderedWork(size_t pieces, std::function<Result(size_t)> work, size_t threads = 0)
      : pieces_(pieces), work_(std::move(work)) {
    if (threads == 0) threads = CountThreadsFor(pieces);
    results_.resize(kAhead * threads);
    for (size_t i = 1; i < std::min(threads, pieces); ++i) {
      try {
        helpers_.emplace_back([this] { Help(); });
      } catch (const std::system_error&) {
        return;  // with fewer
      }
    }
  }
  ~OrderedWork() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      pieces_ = 0;
    }
    may_begin_.notify_all();
    for (std::thread& helper : helpers_) helper.join();
  }

  // Nothing after the last one.
  std::optional<Result> Next() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (taken_ == pieces_) return std::nullopt;
    std::optional<Result>& slot = SlotOf(taken_);
    while (!slot.has_value()) {
      if (MayBegin()) {
        WorkOnNext(&lock);
      } else {
        is_done_.wait(lock);
      }
    }
    std::optional<Result> result = std::exchange(slot, std::nullopt);
    ++taken_;
    lock.unlock();
    may_begin_.notify_one();
    return result;
  }

 private:
  static constexpr size_t kAhead = 8;  // pieces a thread, so that none waits for a slow one

  bool MayBegin() const { return begun_ < pieces_ && begun_ < taken_ + results_.size(); }
  std::optional<Result>& SlotOf(size_t piece) { return results_[piece % results_.size()]; }

  void WorkOnNext(std::unique_lock<std::mutex>* lock) {
    size_t piece = begun_++;
    lock->unlock();
    Result result = work_(piece);
    lock->lock();
    SlotOf(piece) = std::move(result);
  }

  void Help() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (begun_ < pieces_) {
      if (MayBegin()) {
        WorkOnNext(&lock);
        is_done_.notify_one();
      } else {
        may_begin_.wait(lock);
      }
    }
  }

  std::mutex mutex_;
  std::condition_variable may_begin_, is_done_;
  size_t pieces_;  // 0: stop
  const std::function<Result(size_t)> work_;
  std::vector<std::optional<Result>> results_;  // of piece i at i modulo their number
  size_t begun_ = 0, taken_ = 0;
  std::vector<std::thread> helpers_;  // they use all of the above
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_ORDERED_WORK_H_
