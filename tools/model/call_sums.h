// What a stretch of a thread's events sums up to, by function. Stretches can be summed up apart
// from each other, and appended then: what a stretch ends of the calls before it, it remembers.
#ifndef OMNITRACE_TOOLS_MODEL_CALL_SUMS_H_
#define OMNITRACE_TOOLS_MODEL_CALL_SUMS_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/workspace/reader.h"
#include "tools/model/call_filter.h"
#include "tools/model/histogram.h"

namespace omnitrace::tools {

struct FunctionStatistics {
  void Add(const FunctionStatistics& more);

  const workspace::Function* function = nullptr;
  uint64_t calls = 0;
  uint64_t exceptions = 0;  // calls that threw
  uint64_t open = 0;        // calls that never ended; their time goes to the end of the recording
  uint64_t total = 0;       // nanoseconds; of recursive calls the outermost only
  uint64_t self = 0;        // without shown callees
  Histogram durations;      // of each call
};

class CallSums {
 public:
  enum class Ending { kNormal, kThrew, kOpen };
  static constexpr size_t kHidden = SIZE_MAX;  // the row of what isn't shown, whatever it does

  // `begins`: no calls come before. `filter` must outlive the sums.
  CallSums(const CallFilter& filter, bool begins)
      : filter_(&filter), floor_(begins ? 0 : UINT32_MAX) {}

  // Rows are in order of first use; `function` is the caller's number of one.
  size_t RowOf(size_t function);
  size_t rows() const { return rows_.size(); }
  size_t function(size_t row) const { return functions_[row]; }
  const FunctionStatistics& row(size_t row) const { return rows_[row]; }

  // A call at `depth`, where no other is open.
  void Enter(size_t row, uint32_t depth, uint64_t time) {
    stack_.push_back({row, depth, time, 0});
    if (row != kHidden) ++active_[row];
  }
  // Ends the open calls of this depth and deeper ones.
  void LeaveTo(uint32_t depth, uint64_t time, Ending ending);
  void Append(const CallSums& next);

 private:
  struct Frame {
    size_t row;
    uint32_t depth;
    uint64_t start;
    uint64_t callees;  // time in shown callees
  };
  // A LeaveTo that ends calls from before the stretch, and what was summed up right inside of them
  // since the one before.
  struct FarEnd {
    uint32_t depth;
    uint64_t time;
    Ending ending;
    uint64_t callees;
    std::vector<std::pair<size_t, uint64_t>> totals;  // by row
  };

  void Leave(const Frame& frame, uint64_t time, Ending ending);
  void AddCallees(uint64_t time) { (stack_.empty() ? callees_ : stack_.back().callees) += time; }
  // Of a call inside no other one of the row, as far as the stretch goes back.
  void AddTotal(size_t row, uint64_t time) {
    uint64_t& total = rows_[row].total;
    if (total == 0 && time > 0) totalled_.push_back(row);
    total += time;
  }
  void EndFar(uint32_t depth, uint64_t time, Ending ending);

  const CallFilter* filter_;
  absl::flat_hash_map<size_t, size_t> rows_by_function_;
  std::vector<size_t> functions_;         // by row
  std::vector<FunctionStatistics> rows_;  // `total`: since the last far end
  std::vector<uint32_t> active_;          // by row: open calls in stack_
  std::vector<size_t> totalled_;          // rows with a total
  std::vector<Frame> stack_;
  std::vector<FarEnd> far_ends_;
  uint32_t floor_;        // calls from before that may still be open are less deep
  uint64_t callees_ = 0;  // time of shown calls right inside them, since the last far end
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_CALL_SUMS_H_
