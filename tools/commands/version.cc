// `omnitrace version`: which omnitrace this is, and which workspaces it reads.
#include <stdio.h>

#include "runtime/workspace/format.h"
#include "tools/command.h"

namespace omnitrace::tools {
namespace {

absl::StatusOr<ExitStatus> Run(const CommandLine&) {
  printf("omnitrace %s, workspace format %u\n", OMNITRACE_VERSION, kFormatVersion);
  return kDone;
}

}  // namespace

extern const Command kVersion;
const Command kVersion = {
    "version",
    "the version of omnitrace",
    {"", "Prints the version of omnitrace and of the workspace format that it reads.", {}, 0, 0},
    &Run};

}  // namespace omnitrace::tools
