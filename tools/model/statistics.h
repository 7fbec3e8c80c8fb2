// Per function: how often, how long, how it ended. One pass over the events, no values decoded;
// memory grows with the functions, not with the calls. Conditions on values cost a second pass,
// which runs a block ahead and decodes what they ask for.
#ifndef OMNITRACE_TOOLS_MODEL_STATISTICS_H_
#define OMNITRACE_TOOLS_MODEL_STATISTICS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "runtime/workspace/reader.h"
#include "tools/model/call_filter.h"
#include "tools/model/histogram.h"
#include "tools/model/workspace_set.h"

namespace omnitrace::tools {

struct FunctionStatistics {
  const workspace::Function* function = nullptr;
  uint64_t calls = 0;
  uint64_t exceptions = 0;  // calls that threw
  uint64_t open = 0;        // calls that never ended; their time goes to the end of the recording
  uint64_t total = 0;       // nanoseconds; of recursive calls the outermost only
  uint64_t self = 0;        // without shown callees
  Histogram durations;      // of each call
};

class Statistics {
 public:
  // `set` and `filter` must outlive the statistics. `progress` is told how many blocks are read.
  Statistics(const WorkspaceSet& set, const CallFilter& filter,
             const std::function<void(uint64_t)>& progress = {});

  // In order of first call; functions of the same signature are one over all workspaces, save those
  // that only their source file knows.
  const std::vector<FunctionStatistics>& functions() const { return functions_; }
  const absl::Status& status() const { return status_; }

 private:
  struct Frame {
    size_t row;  // kHidden: not shown, whatever it does
    uint32_t depth;
    uint64_t start;
    uint64_t callees;  // time in shown callees
  };
  enum class Ending { kNormal, kThrew, kOpen };
  using Rows = absl::flat_hash_map<uint32_t, size_t>;
  static constexpr size_t kHidden = SIZE_MAX;

  void ReadThread(const WorkspaceFile& file, const workspace::Thread& thread, Rows& rows,
                  const std::function<void(uint64_t)>& progress);
  size_t RowOf(const WorkspaceFile& file, uint32_t function, Rows& rows);
  void LeaveTo(uint32_t depth, uint64_t time, Ending ending);

  const CallFilter& filter_;
  std::vector<FunctionStatistics> functions_;
  std::vector<uint32_t> active_;  // by row: open calls of the thread
  absl::flat_hash_map<std::string, size_t> rows_by_signature_;
  std::vector<Frame> stack_;
  uint64_t blocks_ = 0;
  absl::Status status_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_STATISTICS_H_
