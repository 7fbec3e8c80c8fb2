// The traced processes of this user, by their live files.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_FOLDER_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_FOLDER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "tools/live/live_process.h"

namespace omnitrace::tools {

// Those with an id that is wanted, in order of their ids. Files of processes that are gone, also
// where another one has the id now, are removed. What is wrong with the file of one that is wanted,
// or with a folder, goes to `problems`, and the rest is found.
std::vector<LiveProcess> FindLiveProcesses(absl::FunctionRef<bool(uint64_t pid)> is_wanted,
                                           std::vector<absl::Status>* problems);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_FOLDER_H_
