#include "tools/select/compile_command.h"

namespace omnitrace::tools {
namespace {

using clang::tooling::CommandLineArguments;

bool IsAboutPlugins(llvm::StringRef argument) {
  return argument.starts_with("-fomni") || argument.starts_with("-fplugin");
}

// How many arguments from `i` on name a precompiled header: -include-pch FILE, each perhaps behind
// -Xclang.
size_t PrecompiledHeaderLength(const CommandLineArguments& command, size_t i) {
  if (command[i] == "-include-pch") return 2;
  bool is_behind_xclang =
      command[i] == "-Xclang" && i + 1 < command.size() && command[i + 1] == "-include-pch";
  return is_behind_xclang ? 4 : 0;
}

CommandLineArguments WithoutBuildProducts(const CommandLineArguments& command) {
  CommandLineArguments kept = {OMNITRACE_CLANG_PATH};
  for (size_t i = 1; i < command.size(); ++i) {
    if (size_t length = PrecompiledHeaderLength(command, i)) {
      i += length - 1;
    } else if (!IsAboutPlugins(command[i])) {
      kept.push_back(command[i]);
    }
  }
  return kept;
}

}  // namespace

CommandLineArguments MakeParseCommand(const CommandLineArguments& command, llvm::StringRef file,
                                      const std::string& include_dir) {
  static const clang::tooling::ArgumentsAdjuster adjust = clang::tooling::combineAdjusters(
      clang::tooling::combineAdjusters(clang::tooling::getClangStripOutputAdjuster(),
                                       clang::tooling::getClangStripDependencyFileAdjuster()),
      clang::tooling::combineAdjusters(
          clang::tooling::getClangSyntaxOnlyAdjuster(),
          clang::tooling::getInsertArgumentAdjuster(
              CommandLineArguments{"-w", "-resource-dir", OMNITRACE_RESOURCE_DIR},
              clang::tooling::ArgumentInsertPosition::BEGIN)));
  CommandLineArguments kept = WithoutBuildProducts(command);
  kept.insert(kept.begin() + 1, {"-idirafter", include_dir});
  return adjust(kept, file);
}

}  // namespace omnitrace::tools
