// omni-clang++: Clang's C++ driver with tracing. Rewrites its arguments and becomes Clang.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "tools/driver/omni_option.h"
#include "tools/driver/rewrite.h"
#include "tools/driver/toolchain.h"
#include "tools/support/own_program.h"

namespace omnitrace::driver {
namespace {

constexpr int kUsageError = 2;

int Fail(absl::string_view message) {
  std::cerr << "omni-clang++: error: " << message << "\n";
  return kUsageError;
}

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::optional<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

absl::Status CheckPlugin(const std::string& plugin) {
  if (std::filesystem::exists(plugin)) return absl::OkStatus();
  return absl::NotFoundError(absl::StrCat("the plugin ", plugin,
                                          " is missing; build it (cmake --build BUILD --target "
                                          "omnitrace_plugin) or install omnitrace again"));
}

int Main(const std::vector<std::string>& arguments) {
  absl::StatusOr<std::filesystem::path> self = tools::OwnProgram();
  if (!self.ok()) return Fail(self.status().message());

  std::string clang_override = Environment("OMNITRACE_CLANG");
  Toolchain toolchain = LocateToolchain(self->native(), clang_override);
  for (const std::string& argument : ExpandResponseFiles(arguments, ReadFile)) {
    if (argument == kHelpOption) {
      std::cout << OmniHelp();
      return 0;
    }
  }
  absl::StatusOr<Rewritten> rewritten = Rewrite(arguments, toolchain, ReadFile);
  if (!rewritten.ok()) return Fail(rewritten.status().message());
  if (!rewritten->plugin.empty()) {
    absl::Status status = CheckPlugin(rewritten->plugin);
    if (status.ok() && !clang_override.empty()) status = CheckClangVersion(toolchain.clang);
    if (!status.ok()) return Fail(status.message());
  }
  absl::Status failure = tools::Become(toolchain.clang, std::move(rewritten->arguments));
  return Fail(absl::StrCat(failure.message(), "; install clang-" OMNITRACE_CLANG_MAJOR
                           " or set OMNITRACE_CLANG to one that is there"));
}

}  // namespace
}  // namespace omnitrace::driver

int main(int argc, char** argv) {
  return omnitrace::driver::Main(std::vector<std::string>(argv + 1, argv + argc));
}
