// What the tables of commands and options say, in the forms that people and shells read.
#ifndef OMNITRACE_TOOLS_MANUAL_H_
#define OMNITRACE_TOOLS_MANUAL_H_

#include <string>

#include "absl/types/span.h"
#include "tools/command.h"

namespace omnitrace::tools {

// `omnitrace --help`
std::string Overview(absl::Span<const Command* const> commands, absl::Span<const Topic> topics);
// `omnitrace COMMAND --help`
std::string Help(const Command& command);
// `omnitrace help TOPIC`
std::string Help(const Topic& topic);
// Pages omnitrace.1, omnitrace-COMMAND.1 and omnitrace-TOPIC.1, in man(7).
std::string ManualPage(absl::Span<const Command* const> commands, absl::Span<const Topic> topics);
std::string ManualPage(const Command& command);
std::string ManualPage(const Topic& topic);
// A script for bash.
std::string Completion(absl::Span<const Command* const> commands);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MANUAL_H_
