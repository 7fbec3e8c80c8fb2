// `omnitrace help`: the commands and their options; also what the build installs from these tables.
#include <stdio.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/manual.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {0, "man", "", ""},   // hidden: the manual page in man(7)
    {0, "bash", "", ""},  // hidden: the completion script
};

absl::StatusOr<std::string> CommandText(absl::string_view name, bool manual) {
  std::vector<absl::string_view> names;
  for (const Command* command : AllCommands()) {
    if (command->name == name) return manual ? ManualPage(*command) : Help(*command);
    names.push_back(command->name);
  }
  absl::string_view closest = ClosestName(name, names);
  return UsageError(
      absl::StrCat("unknown command \"", name, "\"",
                   closest.empty() ? "" : absl::StrCat("; did you mean ", closest, "?")));
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  std::string text;
  if (!line.operands().empty()) {
    ASSIGN_OR_RETURN(text, CommandText(line.operands()[0], line.Has("man")));
  } else if (line.Has("man")) {
    text = ManualPage(AllCommands());
  } else if (line.Has("bash")) {
    text = Completion(AllCommands());
  } else {
    text = Overview(AllCommands());
  }
  fputs(text.c_str(), stdout);
  return kDone;
}

}  // namespace

extern const Command kHelp;
const Command kHelp = {"help",
                       "the commands, or the options of one",
                       {"[COMMAND]",
                        "Shows the commands, or the options of one of them.",
                        {{"Options", kOptions}},
                        0,
                        1},
                       &Run};

}  // namespace omnitrace::tools
