// `omnitrace select`: becomes omnitrace-select, the one program of ours that is linked with Clang.
#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/select/usage.h"
#include "tools/support/globs.h"
#include "tools/support/own_program.h"

namespace omnitrace::tools {
namespace {

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  RETURN_IF_ERROR(CheckGlobs(line.operands()[0]));
  for (const std::string& glob : line.List("exclude")) RETURN_IF_ERROR(CheckGlobs(glob));
  ASSIGN_OR_RETURN(std::filesystem::path self, OwnProgram());
  std::filesystem::path program = self.parent_path().parent_path() / "libexec/omnitrace-select";
  absl::Status failure = Become(program, line.arguments());
  return absl::NotFoundError(
      absl::StrCat(failure.message(), "; build or install omnitrace again, with Clang"));
}

}  // namespace

extern const Command kSelect;
const Command kSelect = {"select", "what -fomni-ns would trace, without building", kSelectUsage,
                         &Run};

}  // namespace omnitrace::tools
