// What a recording lacks, and why.
#ifndef OMNITRACE_TOOLS_OUTPUT_DROPS_H_
#define OMNITRACE_TOOLS_OUTPUT_DROPS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "runtime/workspace/format.h"
#include "tools/model/workspace_set.h"

namespace omnitrace::tools {

// "size", "depth" ... as OMNITRACE_LIMITS names them, and a word for people.
absl::string_view DropName(DropReason reason);
absl::string_view DropExplanation(DropReason reason);

// By reason, over all files.
std::map<DropReason, uint64_t> SumDrops(const std::vector<WorkspaceFile>& files);
// "1,200 calls were not recorded: 1,000 for size (...), 200 for depth", or "".
std::string DropsText(const std::vector<WorkspaceFile>& files);
// The same on standard error, for output that other programs read.
void ReportDrops(const std::vector<WorkspaceFile>& files);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_DROPS_H_
