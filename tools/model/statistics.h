// Per function: how often, how long, how it ended. One pass over the events, no values decoded;
// memory grows with the functions, not with the calls. All cores read ranges of a thread's blocks.
// Conditions on values cost a second pass, which runs a block ahead and decodes what they ask for,
// and one core.
#ifndef OMNITRACE_TOOLS_MODEL_STATISTICS_H_
#define OMNITRACE_TOOLS_MODEL_STATISTICS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "runtime/workspace/reader.h"
#include "tools/model/call_filter.h"
#include "tools/model/call_sums.h"
#include "tools/model/workspace_set.h"

namespace omnitrace::tools {

class Statistics {
 public:
  // `set` and `filter` must outlive the statistics. `progress` is told how many blocks are read.
  // The number of threads doesn't show; 0: as many as pay.
  Statistics(const WorkspaceSet& set, const CallFilter& filter,
             const std::function<void(uint64_t)>& progress = {}, size_t threads = 0);

  // In order of first call; functions of the same signature are one over all workspaces, save those
  // that only their source file knows.
  const std::vector<FunctionStatistics>& functions() const { return functions_; }
  const absl::Status& status() const { return status_; }

 private:
  // Numbers of the functions of a file, by id; those that are not shown have none. Functions of one
  // row share a number.
  using Numbers = absl::flat_hash_map<uint32_t, size_t>;
  struct ThreadToRead {
    const WorkspaceFile& file;
    const workspace::Thread& thread;
    const Numbers& numbers;
  };
  class EventSums;

  Numbers NumberFunctions(const workspace::Reader& reader);
  void ReadThread(const ThreadToRead& thread);
  void AddRows(const CallSums& sums);

  const CallFilter& filter_;
  const std::function<void(uint64_t)> progress_;
  const size_t threads_;
  absl::flat_hash_map<std::string, size_t> numbers_by_signature_;
  std::vector<const workspace::Function*> numbered_;
  absl::flat_hash_map<size_t, size_t> rows_;  // by number
  std::vector<FunctionStatistics> functions_;
  uint64_t blocks_ = 0;
  absl::Status status_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_STATISTICS_H_
