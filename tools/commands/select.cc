// `omnitrace select`: becomes omnitrace-select, the one program of ours that is linked with Clang.
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/select/usage.h"
#include "tools/support/globs.h"

namespace omnitrace::tools {
namespace {

absl::StatusOr<std::filesystem::path> SelectProgram() {
  std::error_code error;
  std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return absl::InternalError("cannot find my own file: " + error.message());
  return self.parent_path().parent_path() / "libexec/omnitrace-select";
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  RETURN_IF_ERROR(CheckGlobs(line.operands()[0]));
  if (line.Has("exclude")) RETURN_IF_ERROR(CheckGlobs(line.Text("exclude")));
  ASSIGN_OR_RETURN(std::filesystem::path program, SelectProgram());
  std::vector<std::string> arguments = line.arguments();
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  return absl::NotFoundError(absl::StrCat("cannot run ", program.string(), ": ",
                                          std::strerror(errno),
                                          "; build or install omnitrace again, with Clang"));
}

}  // namespace

extern const Command kSelect;
const Command kSelect = {"select", "what -fomni-ns would trace, without building", kSelectUsage,
                         &Run};

}  // namespace omnitrace::tools
