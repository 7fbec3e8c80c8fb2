#include "tools/model/statistics.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/model/event_ranges.h"
#include "tools/model/thread_calls.h"

namespace omnitrace::tools {

using workspace::Event;

// Sums up the events of some blocks.
class Statistics::EventSums {
 public:
  EventSums(const CallFilter& filter, const ThreadToRead& thread, bool begins)
      : thread_(thread), sums_(filter, begins) {
    if (!filter.has_conditions()) return;
    ahead_.emplace(thread.file, thread.thread, filter, ThreadCalls::Options());
  }

  void Take(const Event& event, size_t /*block*/) {
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
  bool CanAppend(const EventSums&) const { return true; }
  void Append(const EventSums& next) { sums_.Append(next.sums_); }
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
      if (filter_.ShowsThread(thread)) ReadThread({file, thread, numbers});
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

void Statistics::ReadThread(const ThreadToRead& thread) {
  EventSums all(filter_, thread, true);
  EventSource source = {*thread.file.reader, thread.thread.index, threads_, {}};
  if (filter_.has_conditions()) source.cores = 1;
  if (progress_) source.on_blocks = [this](size_t done) { progress_(blocks_ + done); };
  auto new_part = [&] { return std::make_unique<EventSums>(filter_, thread, false); };
  status_.Update(ReadEvents<EventSums>(source, new_part, all));
  status_.Update(all.status());
  uint64_t end = thread.file.reader->info().duration_ns + thread.file.start;
  all.sums().LeaveTo(0, end, CallSums::Ending::kOpen);
  AddRows(all.sums());
}

void Statistics::AddRows(const CallSums& sums) {
  for (size_t i = 0; i < sums.rows(); ++i) {
    auto [row, is_new] = rows_.try_emplace(sums.function(i), functions_.size());
    if (is_new) functions_.emplace_back().function = numbered_[sums.function(i)];
    functions_[row->second].Add(sums.row(i));
  }
}

}  // namespace omnitrace::tools
