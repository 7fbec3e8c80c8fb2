// The traced processes of this user, by their live files.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_FOLDER_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_FOLDER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/live/live_process.h"

namespace omnitrace::tools {

// In order of their ids. Files of processes that are gone, also where another one has the id now,
// are removed. What is wrong with a file, or a folder, goes to `problems`, and the rest is found.
std::vector<LiveProcess> FindLiveProcesses(std::vector<absl::Status>* problems);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_FOLDER_H_
