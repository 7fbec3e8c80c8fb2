// `omnitrace help`: the commands with their options, and topics; also what the build installs from
// these tables.
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

absl::StatusOr<std::string> TextOn(absl::string_view name, bool manual) {
  std::vector<absl::string_view> names;
  for (const Command* command : AllCommands()) {
    if (command->name == name) return manual ? ManualPage(*command) : Help(*command);
    names.push_back(command->name);
  }
  for (const Topic& topic : AllTopics()) {
    if (topic.name == name) return manual ? ManualPage(topic) : Help(topic);
    names.push_back(topic.name);
  }
  absl::string_view closest = ClosestName(name, names);
  return UsageError(
      absl::StrCat("unknown command or topic \"", name, "\"",
                   closest.empty() ? "" : absl::StrCat("; did you mean ", closest, "?")));
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  std::string text;
  if (!line.operands().empty()) {
    ASSIGN_OR_RETURN(text, TextOn(line.operands()[0], line.Has("man")));
  } else if (line.Has("man")) {
    text = ManualPage(AllCommands(), AllTopics());
  } else if (line.Has("bash")) {
    text = Completion(AllCommands());
  } else {
    text = Overview(AllCommands(), AllTopics());
  }
  fputs(text.c_str(), stdout);
  return kDone;
}

}  // namespace

extern const Command kHelp;
const Command kHelp = {"help",
                       "the commands, the options of one, or a topic",
                       {"[COMMAND|TOPIC]",
                        "Shows the commands and topics, or what there is to say about one of them.",
                        {{"Options", kOptions}},
                        0,
                        1},
                       &Run};

}  // namespace omnitrace::tools
