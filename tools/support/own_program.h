// The file that this process runs, beside which the other parts of omnitrace lie, and becoming one of
// them.
#ifndef OMNITRACE_TOOLS_SUPPORT_OWN_PROGRAM_H_
#define OMNITRACE_TOOLS_SUPPORT_OWN_PROGRAM_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace omnitrace::tools {

// PREFIX/bin/omnitrace, links resolved.
absl::StatusOr<std::filesystem::path> OwnProgram();

// Runs `program`, looked for in PATH unless it has a slash, in place of this one. Returns only when
// that failed: NotFoundError "cannot run PROGRAM: REASON".
absl::Status Become(const std::string& program, std::vector<std::string> arguments);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_OWN_PROGRAM_H_
