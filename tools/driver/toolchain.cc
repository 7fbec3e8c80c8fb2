#include "tools/driver/toolchain.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace omnitrace::driver {
namespace {

std::string FirstLineOf(const std::string& command) {
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::array<char, 256> line{};
  if (pipe == nullptr || fgets(line.data(), line.size(), pipe.get()) == nullptr) return "";
  return std::string(absl::StripSuffix(line.data(), "\n"));
}

}  // namespace

Toolchain LocateToolchain(absl::string_view executable, absl::string_view clang_override) {
  std::filesystem::path prefix =
      std::filesystem::path(std::string(executable)).parent_path().parent_path();
  return {
      .clang = clang_override.empty() ? OMNITRACE_CLANG_PATH : std::string(clang_override),
      .plugin = prefix / "lib/omnitrace.so",
      .include_dir = prefix / "include",
      .library_dir = prefix / "lib",
  };
}

absl::Status CheckClangVersion(const std::string& clang) {
  std::string quoted = absl::StrCat("'", absl::StrReplaceAll(clang, {{"'", "'\\''"}}), "'");
  std::string version = FirstLineOf(absl::StrCat(quoted, " -dumpversion 2>/dev/null"));
  std::vector<std::string> parts = absl::StrSplit(version, '.');
  if (parts.front() == OMNITRACE_CLANG_MAJOR) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("OMNITRACE_CLANG=", clang, " is ",
                   version.empty() ? "no Clang that runs" : absl::StrCat("version ", version),
                   ", but the plugin is for Clang ", OMNITRACE_CLANG_MAJOR,
                   "; unset OMNITRACE_CLANG or name a clang++-", OMNITRACE_CLANG_MAJOR));
}

}  // namespace omnitrace::driver
