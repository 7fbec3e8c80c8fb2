#include "tools/support/own_program.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace omnitrace::tools {

absl::StatusOr<std::filesystem::path> OwnProgram() {
  std::error_code error;
  std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) return program;
  return absl::InternalError(absl::StrCat("cannot find my own file: ", error.message()));
}

absl::Status Become(const std::string& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program);
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execvp(program.c_str(), argv.data());
  return absl::NotFoundError(absl::StrCat("cannot run ", program, ": ", std::strerror(errno)));
}

}  // namespace omnitrace::tools
