#include "tools/model/statistics.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/ordered_work.h"
#include "tools/model/thread_calls.h"

namespace omnitrace::tools {

using workspace::Block;
using workspace::Event;
using workspace::EventCursor;
using workspace::OrderedWork;

namespace {

// 512 KiB, milliseconds of work; results of a range may be as large as it is.
constexpr size_t kRangeBlocks = 8;

}  // namespace

struct Statistics::Range {
  CallSums sums;
  absl::Status status;
  bool continues;  // in the block behind it
};

// Sums up the events of some blocks.
class Statistics::EventSums {
 public:
  EventSums(const CallFilter& filter, const ThreadToRead& thread, bool begins)
      : thread_(thread), sums_(filter, begins) {
    if (!filter.has_conditions()) return;
    ahead_.emplace(thread.file, thread.thread, filter, ThreadCalls::Options());
  }

  void Take(const Event& event) {
    uint64_t time = event.time + thread_.file.start;
    switch (event.kind) {
      case Event::Kind::kEnter:
        sums_.LeaveTo(event.depth, time, CallSums::Ending::kNormal);
        return Enter(event, time);
      case Event::Kind::kLeave:
      case Event::Kind::kUnwound:
        return sums_.LeaveTo(event.depth, time, CallSums::Ending::kNormal);
      case Event::Kind::kThrow:
        return sums_.LeaveTo(event.depth, time, CallSums::Ending::kThrew);
      case Event::Kind::kChanged:
      case Event::Kind::kDropped:
        return;
    }
  }
  CallSums& sums() { return sums_; }
  absl::Status status() const { return ahead_ ? ahead_->status() : absl::OkStatus(); }

 private:
  void Enter(const Event& event, uint64_t time) {
    auto [row, is_new] = rows_.try_emplace(event.function, CallSums::kHidden);
    auto number = is_new ? thread_.numbers.find(event.function) : thread_.numbers.end();
    if (number != thread_.numbers.end()) row->second = sums_.RowOf(number->second);
    bool shown = !ahead_ || (ahead_->Next() && ahead_->shown());
    sums_.Enter(shown ? row->second : CallSums::kHidden, event.depth, time);
  }

  const ThreadToRead& thread_;
  CallSums sums_;
  absl::flat_hash_map<uint32_t, size_t> rows_;  // by function's id
  std::optional<ThreadCalls> ahead_;            // knows of each entered call whether it is shown
};

Statistics::Statistics(const WorkspaceSet& set, const CallFilter& filter,
                       const std::function<void(uint64_t)>& progress, size_t threads)
    : filter_(filter), progress_(progress), threads_(threads) {
  for (const WorkspaceFile& file : set.files()) {
    Numbers numbers = NumberFunctions(*file.reader);
    for (const workspace::Thread& thread : file.reader->threads()) {
      if (filter_.ShowsThread(thread)) AddRows(ReadThread({file, thread, numbers}));
      blocks_ += file.reader->blocks(thread.index).size();
    }
  }
}

Statistics::Numbers Statistics::NumberFunctions(const workspace::Reader& reader) {
  Numbers numbers;
  for (const workspace::Function& function : reader.functions()) {
    if (!filter_.ShowsFunction(function)) continue;
    std::string key = absl::StrCat(function.name, "\n", function.signature);
    if (function.flags & kFunctionInternal) absl::StrAppend(&key, "\n", function.file);
    auto [number, is_new] = numbers_by_signature_.try_emplace(std::move(key), numbered_.size());
    if (is_new) numbered_.push_back(&function);
    numbers.emplace(function.id, number->second);
  }
  return numbers;
}

CallSums Statistics::ReadThread(const ThreadToRead& thread) {
  std::optional<CallSums> sums;
  if (!filter_.has_conditions()) sums = ReadRanges(thread);
  if (!sums) {
    Range all = ReadRange(thread, 0, thread.file.reader->blocks(thread.thread.index).size());
    status_.Update(all.status);
    sums = std::move(all.sums);
  }
  uint64_t end = thread.file.reader->info().duration_ns + thread.file.start;
  sums->LeaveTo(0, end, CallSums::Ending::kOpen);
  return *std::move(sums);
}

std::optional<CallSums> Statistics::ReadRanges(const ThreadToRead& thread) {
  size_t blocks = thread.file.reader->blocks(thread.thread.index).size();
  size_t ranges = (blocks + kRangeBlocks - 1) / kRangeBlocks;
  auto read = [&](size_t i) { return ReadRange(thread, i * kRangeBlocks, kRangeBlocks); };
  OrderedWork<Range> work(ranges, read, threads_);
  CallSums sums(filter_, true);
  for (size_t i = 1; std::optional<Range> range = work.Next(); ++i) {
    if (!range->continues && i < ranges) return std::nullopt;
    sums.Append(range->sums);
    status_.Update(range->status);
    if (progress_) progress_(blocks_ + std::min(i * kRangeBlocks, blocks));
  }
  return sums;
}

Statistics::Range Statistics::ReadRange(const ThreadToRead& thread, size_t first_block,
                                        size_t count) const {
  EventSums events(filter_, thread, first_block == 0);
  uint32_t index = thread.thread.index;
  EventCursor cursor(*thread.file.reader, index, first_block, count);
  while (cursor.Next()) events.Take(cursor.event());
  absl::Status status = cursor.status();
  status.Update(events.status());
  const std::vector<Block>& blocks = thread.file.reader->blocks(index);
  size_t next = first_block + count;
  bool continues = next < blocks.size() && cursor.ContinuesAt(blocks[next]);
  return {std::move(events.sums()), std::move(status), continues};
}

void Statistics::AddRows(const CallSums& sums) {
  for (size_t i = 0; i < sums.rows(); ++i) {
    auto [row, is_new] = rows_.try_emplace(sums.function(i), functions_.size());
    if (is_new) functions_.emplace_back().function = numbered_[sums.function(i)];
    functions_[row->second].Add(sums.row(i));
  }
}

}  // namespace omnitrace::tools
