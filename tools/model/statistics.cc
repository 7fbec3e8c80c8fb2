#include "tools/model/statistics.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "tools/model/thread_calls.h"

namespace omnitrace::tools {

using workspace::Event;

Statistics::Statistics(const WorkspaceSet& set, const CallFilter& filter,
                       const std::function<void(uint64_t)>& progress)
    : filter_(filter) {
  for (const WorkspaceFile& file : set.files()) {
    Rows rows;
    for (const workspace::Thread& thread : file.reader->threads()) {
      if (filter_.ShowsThread(thread)) ReadThread(file, thread, rows, progress);
      blocks_ += file.reader->blocks(thread.index).size();
    }
  }
}

void Statistics::ReadThread(const WorkspaceFile& file, const workspace::Thread& thread, Rows& rows,
                            const std::function<void(uint64_t)>& progress) {
  size_t block = SIZE_MAX;
  std::optional<ThreadCalls> ahead;  // knows of each entered call whether it is shown
  if (filter_.has_conditions()) ahead.emplace(file, thread, filter_, ThreadCalls::Options());
  workspace::EventCursor cursor(*file.reader, thread.index);
  while (cursor.Next()) {
    const Event& event = cursor.event();
    uint64_t time = event.time + file.start;
    switch (event.kind) {
      case Event::Kind::kEnter:
        LeaveTo(event.depth, time, Ending::kNormal);
        stack_.push_back({RowOf(file, event.function, rows), event.depth, time, 0});
        if (ahead && !(ahead->Next() && ahead->shown())) stack_.back().row = kHidden;
        if (stack_.back().row != kHidden) ++active_[stack_.back().row];
        break;
      case Event::Kind::kLeave:
      case Event::Kind::kUnwound:
        LeaveTo(event.depth, time, Ending::kNormal);
        break;
      case Event::Kind::kThrow:
        LeaveTo(event.depth, time, Ending::kThrew);
        break;
      case Event::Kind::kChanged:
      case Event::Kind::kDropped:
        break;
    }
    if (cursor.block() != block && progress) progress(blocks_ + (block = cursor.block()));
  }
  LeaveTo(0, file.reader->info().duration_ns + file.start, Ending::kOpen);
  status_.Update(cursor.status());
  if (ahead) status_.Update(ahead->status());
}

size_t Statistics::RowOf(const WorkspaceFile& file, uint32_t id, Rows& rows) {
  auto [known, is_new] = rows.try_emplace(id, kHidden);
  if (!is_new) return known->second;
  const workspace::Function& function = file.reader->function(id);
  if (!filter_.ShowsFunction(function)) return kHidden;
  std::string key = absl::StrCat(function.name, "\n", function.signature);
  if (function.flags & kFunctionInternal) absl::StrAppend(&key, "\n", function.file);
  auto [row, is_first] = rows_by_signature_.try_emplace(std::move(key), functions_.size());
  if (is_first) {
    functions_.emplace_back().function = &function;
    active_.push_back(0);
  }
  return known->second = row->second;
}

// Ends the open calls of this depth and deeper ones.
void Statistics::LeaveTo(uint32_t depth, uint64_t time, Ending ending) {
  while (!stack_.empty() && stack_.back().depth >= depth) {
    Frame frame = stack_.back();
    stack_.pop_back();
    uint64_t end = std::max(frame.start, time);
    uint64_t accounted = frame.callees;
    if (frame.row != kHidden) {
      bool outermost = --active_[frame.row] == 0;
      if (filter_.ShowsCall(frame.depth, frame.start, end)) {
        FunctionStatistics& row = functions_[frame.row];
        accounted = end - frame.start;
        ++row.calls;
        row.exceptions += ending == Ending::kThrew;
        row.open += ending == Ending::kOpen;
        row.total += outermost ? accounted : 0;
        row.self += accounted - std::min(accounted, frame.callees);
        row.durations.Add(accounted);
      }
    }
    if (!stack_.empty()) stack_.back().callees += accounted;
  }
}

}  // namespace omnitrace::tools
