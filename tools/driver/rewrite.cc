#include "tools/driver/rewrite.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/driver/compile_job.h"
#include "tools/driver/omni_option.h"

namespace omnitrace::driver {
namespace {

constexpr absl::string_view kPluginOption = "-fplugin=";
constexpr absl::string_view kPluginFile = "omnitrace.so";

bool NamesThePlugin(absl::string_view argument) {
  if (!absl::ConsumePrefix(&argument, kPluginOption)) return false;
  return argument == kPluginFile || absl::EndsWith(argument, absl::StrCat("/", kPluginFile));
}

bool ConcernsThePlugin(absl::string_view argument) {
  return IsOmniOption(argument) || NamesThePlugin(argument) ||
         absl::StartsWith(argument, "-fplugin-arg-omnitrace");
}

// Response files exist because a command line may be too long for the system, so only those that
// have something of ours inside are put into the command line.
std::vector<std::string> ExpandOurResponseFiles(const std::vector<std::string>& arguments,
                                                const FileReader& read_file) {
  std::vector<std::string> result;
  for (const std::string& argument : arguments) {
    std::vector<std::string> inner = ExpandResponseFiles({argument}, read_file);
    if (std::any_of(inner.begin(), inner.end(), ConcernsThePlugin)) {
      result.insert(result.end(), inner.begin(), inner.end());
    } else {
      result.push_back(argument);
    }
  }
  return result;
}

// After a "--" there are only inputs; the runtime has to come after them, yet is none.
void RemoveDoubleDash(std::vector<std::string>& arguments) {
  auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  if (dashes == arguments.end()) return;
  for (auto input = arguments.erase(dashes); input != arguments.end(); ++input) {
    if (absl::StartsWith(*input, "-")) *input = absl::StrCat("./", *input);
  }
}

absl::StatusOr<Rewritten> TranslatePluginOptions(const std::vector<std::string>& arguments,
                                                 const Toolchain& toolchain) {
  Rewritten result;
  for (const std::string& argument : arguments) {
    if (ConcernsThePlugin(argument) && result.plugin.empty()) result.plugin = toolchain.plugin;
    if (NamesThePlugin(argument)) {
      absl::string_view path = absl::StripPrefix(argument, kPluginOption);
      if (path != kPluginFile) result.plugin = std::string(path);
    } else if (IsOmniOption(argument)) {
      absl::StatusOr<std::string> translated = ToPluginArgument(argument);
      if (!translated.ok()) return translated.status();
      result.arguments.push_back(*std::move(translated));
    } else {
      result.arguments.push_back(argument);
    }
  }
  if (!result.plugin.empty()) {
    result.arguments.insert(result.arguments.begin(), absl::StrCat(kPluginOption, result.plugin));
  }
  return result;
}

// -idirafter: a prefix such as /usr must not move its include directory before the library's own.
void AddHeaders(const Toolchain& toolchain, std::vector<std::string>& arguments) {
  arguments.insert(arguments.end(), {"-idirafter", toolchain.include_dir});
}

// A separate link step need not carry any -fomni option, so every link names the runtime;
// --as-needed keeps it out of programs without traced objects. libtool and CMake take each -l and
// -L that a link prints for the compiler's own and repeat it in other links, without --as-needed;
// the long names they leave alone.
void AddRuntime(const Toolchain& toolchain, bool is_static, std::vector<std::string>& arguments) {
  arguments.insert(arguments.end(),
                   {"-Xlinker", absl::StrCat("--library-path=", toolchain.library_dir)});
  if (is_static) {
    arguments.push_back("-Wl,--library=omnitrace");
    return;
  }
  arguments.insert(arguments.end(),
                   {"-Xlinker", "-rpath", "-Xlinker", toolchain.library_dir,
                    "-Wl,--push-state,--as-needed,--library=omnitrace,--pop-state"});
}

}  // namespace

absl::StatusOr<Rewritten> Rewrite(const std::vector<std::string>& arguments,
                                  const Toolchain& toolchain, const FileReader& read_file) {
  std::vector<std::string> visible = ExpandOurResponseFiles(arguments, read_file);
  RemoveDoubleDash(visible);
  absl::StatusOr<Rewritten> result = TranslatePluginOptions(visible, toolchain);
  if (!result.ok()) return result;
  CompileJob job = UnderstandJob(ExpandResponseFiles(visible, read_file));
  if (job.preprocesses) AddHeaders(toolchain, result->arguments);
  if (job.links) AddRuntime(toolchain, job.is_static, result->arguments);
  return result;
}

}  // namespace omnitrace::driver
