// A subcommand: one file in tools/commands and one row of the table in tools/main.cc.
#ifndef OMNITRACE_TOOLS_COMMAND_H_
#define OMNITRACE_TOOLS_COMMAND_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/support/command_line.h"

namespace omnitrace::tools {

enum ExitStatus : int {
  kDone = 0,
  kNo = 1,     // the answer is no, or an error
  kUsage = 2,  // the tool was called wrongly
};

struct Command {
  absl::string_view name;
  absl::string_view synopsis;  // one line for the list of commands
  Usage usage;
  // An error is printed and ends the tool with kNo, or with kUsage when it is a UsageError.
  absl::StatusOr<ExitStatus> (*run)(const CommandLine& line);
};

// Something that `omnitrace help` explains and that is no command.
struct Topic {
  absl::string_view name;
  absl::string_view synopsis;
  absl::string_view
      text;  // paragraphs, divided by empty lines; those that begin with a space are kept
};
absl::Span<const Topic> AllTopics();

// The table, in the order of `omnitrace --help`.
absl::Span<const Command* const> AllCommands();

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_COMMAND_H_
