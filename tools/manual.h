// What the tables of commands and options say, in the forms that people and shells read.
#ifndef OMNITRACE_TOOLS_MANUAL_H_
#define OMNITRACE_TOOLS_MANUAL_H_

#include <string>

#include "absl/types/span.h"
#include "tools/command.h"

namespace omnitrace::tools {

// `omnitrace --help`
std::string Overview(absl::Span<const Command* const> commands);
// `omnitrace COMMAND --help`
std::string Help(const Command& command);
// Pages omnitrace.1 and omnitrace-COMMAND.1, in man(7).
std::string ManualPage(absl::Span<const Command* const> commands);
std::string ManualPage(const Command& command);
// A script for bash.
std::string Completion(absl::Span<const Command* const> commands);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MANUAL_H_
