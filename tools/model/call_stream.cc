#include "tools/model/call_stream.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "tools/model/thread_calls.h"

namespace omnitrace::tools {
namespace {

// Shown callers of the current call of a thread.
class Callers {
 public:
  struct Caller {
    uint32_t depth;  // recorded
    uint64_t key;
    uint64_t children;
  };

  // Calls `closed(caller)` for those that the current call does not have any more.
  template <typename Closed>
  void LeaveTo(uint32_t floor, Closed closed) {
    while (!stack_.empty() && stack_.back().depth >= floor) {
      closed(stack_.back());
      stack_.pop_back();
    }
  }
  void LeaveTo(uint32_t floor) {
    LeaveTo(floor, [](const Caller&) {});
  }
  void Enter(uint32_t depth, uint64_t key) {
    if (!stack_.empty()) ++stack_.back().children;
    stack_.push_back({depth, key, 0});
  }
  uint32_t depth() const { return static_cast<uint32_t>(stack_.size()); }
  uint64_t innermost() const { return stack_.empty() ? 0 : stack_.back().key; }

 private:
  std::vector<Caller> stack_;
};

using ChildCounts = absl::flat_hash_map<uint64_t, uint64_t>;

// By ordinal, for the shown calls that outlive the block of their entry: few, but their children
// may be anywhere.
ChildCounts CountFarChildren(const WorkspaceFile& file, const workspace::Thread& thread,
                             const CallFilter& filter, ThreadCalls::Options options) {
  ChildCounts counts;
  if (file.reader->blocks(thread.index).size() < 2) return counts;
  ThreadCalls calls(file, thread, filter, options);
  Callers callers;
  auto closed = [&](const Callers::Caller& caller) {
    auto found = counts.find(caller.key);
    if (found != counts.end()) found->second = caller.children;
  };
  while (calls.Next() && calls.start() < filter.until()) {
    callers.LeaveTo(calls.floor(), closed);
    if (!calls.shown()) continue;
    if (calls.outlives_block()) counts[calls.ordinal()] = 0;
    callers.Enter(calls.depth(), calls.ordinal());
  }
  callers.LeaveTo(0, closed);
  return counts;
}

}  // namespace

class CallStream::Thread {
 public:
  Thread(const WorkspaceFile& file, const workspace::Thread& thread)
      : file_(file), thread_(thread) {}

  void Start(const CallFilter& filter, const CallStream::Options& options) {
    ThreadCalls::Options own = {.skip_deep_blocks = options.order == Order::kThread};
    if (options.count_children) counts_ = CountFarChildren(file_, thread_, filter, own);
    calls_.emplace(file_, thread_, filter, own);
  }
  bool Next() {
    if (!calls_->Next()) return false;
    callers_.LeaveTo(calls_->floor());
    return true;
  }
  void Describe(uint64_t id, Call* call) {
    calls_->Describe(call);
    call->id = id;
    call->parent = callers_.innermost();
    call->depth = callers_.depth();
    auto counted = counts_.find(calls_->ordinal());
    if (counted != counts_.end()) call->children = counted->second;
    callers_.Enter(calls_->depth(), id);
  }

  const WorkspaceFile& file() const { return file_; }
  const workspace::Thread& thread() const { return thread_; }
  const ThreadCalls& calls() const { return *calls_; }
  size_t blocks() const { return file_.reader->blocks(thread_.index).size(); }
  // An order of all threads by their current calls.
  auto key() const {
    return std::make_tuple(calls_->start(), file_.start, file_.reader->info().pid, thread_.index);
  }

 private:
  const WorkspaceFile& file_;
  const workspace::Thread& thread_;
  std::optional<ThreadCalls> calls_;
  ChildCounts counts_;
  Callers callers_;
};

namespace {

constexpr auto kLater = [](const auto& a, const auto& b) { return a->key() > b->key(); };

}  // namespace

CallStream::CallStream(const WorkspaceSet& set, const CallFilter& filter, Options options)
    : filter_(filter), options_(options) {
  for (const WorkspaceFile& file : set.files()) {
    for (const workspace::Thread& thread : file.reader->threads()) {
      threads_.push_back(std::make_unique<Thread>(file, thread));
      blocks_ += threads_.back()->blocks();
    }
  }
  std::reverse(threads_.begin(), threads_.end());
  if (options_.order == Order::kThread) return;
  std::vector<std::unique_ptr<Thread>> all = std::move(threads_);
  threads_.clear();
  for (std::unique_ptr<Thread>& thread : all) {
    thread->Start(filter_, options_);
    if (thread->Next()) {
      threads_.push_back(std::move(thread));
    } else {
      Finish(std::move(thread));
    }
  }
  std::make_heap(threads_.begin(), threads_.end(), kLater);
}

CallStream::~CallStream() = default;

bool CallStream::Next() {
  while (options_.order == Order::kTime ? Advance() : AdvanceByThread()) {
    const ThreadCalls& calls = current_->calls();
    uint64_t id = options_.order == Order::kTime ? ++last_id_ : last_id_ + calls.ordinal() + 1;
    if (!calls.shown()) continue;
    current_->Describe(id, &call_);
    return true;
  }
  return false;
}

// Makes the thread with the earliest call the current one.
bool CallStream::Advance() {
  if (current_ != nullptr) {
    if (!current_->Next()) {
      Finish(std::move(current_));
    } else if (!threads_.empty() && kLater(current_, threads_.front())) {
      threads_.push_back(std::move(current_));
      std::push_heap(threads_.begin(), threads_.end(), kLater);
    }
  }
  if (current_ == nullptr) {
    if (threads_.empty()) return false;
    std::pop_heap(threads_.begin(), threads_.end(), kLater);
    current_ = std::move(threads_.back());
    threads_.pop_back();
  }
  return current_->calls().start() < filter_.until();
}

bool CallStream::AdvanceByThread() {
  while (true) {
    if (current_ != nullptr) {
      if (current_->Next() && current_->calls().start() < filter_.until()) return true;
      last_id_ += CountCalls(current_->file(), current_->thread(), CallFilter());
      Finish(std::move(current_));
    }
    if (threads_.empty()) return false;
    current_ = std::move(threads_.back());
    threads_.pop_back();
    current_->Start(filter_, options_);
  }
}

void CallStream::Finish(std::unique_ptr<Thread> thread) {
  status_.Update(thread->calls().status());
  finished_blocks_ += thread->blocks();
}

uint64_t CallStream::blocks_read() const {
  uint64_t sum = finished_blocks_ + (current_ != nullptr ? current_->calls().blocks_read() : 0);
  if (options_.order == Order::kThread) return sum;
  for (const std::unique_ptr<Thread>& thread : threads_) sum += thread->calls().blocks_read();
  return sum;
}

}  // namespace omnitrace::tools
