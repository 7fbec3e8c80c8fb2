// Turns a command that compiles into one that only parses, with this Clang.
#ifndef OMNITRACE_TOOLS_SELECT_COMPILE_COMMAND_H_
#define OMNITRACE_TOOLS_SELECT_COMPILE_COMMAND_H_

#include "clang/Tooling/ArgumentsAdjusters.h"

namespace omnitrace::tools {

// Drops what asks for output, for plugins and for precompiled headers, which exist only after a
// build; what a precompiled header was made from is given beside it by build systems. Adds
// `include_dir`, that of <omnitrace/omnitrace.h>, as omni-clang++ does. Warnings are left to the
// compiler.
clang::tooling::CommandLineArguments MakeParseCommand(
    const clang::tooling::CommandLineArguments& command, llvm::StringRef file,
    const std::string& include_dir);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SELECT_COMPILE_COMMAND_H_
