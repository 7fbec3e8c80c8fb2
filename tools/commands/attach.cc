// `omnitrace attach`: a script on the events of live processes.
#include <string>
#include <vector>

#include "runtime/workspace/status_macros.h"
#include "tools/attach/attachment.h"
#include "tools/command.h"
#include "tools/live/process_choice.h"
#include "tools/live/rule_options.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {0, "for", "TIME", "let the processes go after TIME, and end"},
};

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  ASSIGN_OR_RETURN(attach::Attachment attachment, attach::AttachmentOf("attach", line));
  attachment.path = line.operands()[0];
  attachment.arguments.assign(line.operands().begin() + 1, line.operands().end());
  ASSIGN_OR_RETURN(int status, attach::Run(attachment));
  return static_cast<ExitStatus>(status);
}

}  // namespace

extern const Command kAttach;
const Command kAttach = {
    "attach",
    "runs a script on the events of live processes",
    {"SCRIPT.js [-- ARGUMENT...]",
     "Runs a JavaScript file (- is standard input) whose exported functions get the calls and "
     "probes "
     "of live processes as they happen: exports['request:*'] those of all probes and functions "
     "whose "
     "names begin with request:. A pattern is a whole name in which `*` stands for any characters. "
     "What the script listens to is on in the processes as long as it runs. `omnitrace help "
     "script` "
     "tells what events have, and what scripts can use.\n\n"
     "Without -p and -t these are all traced processes of yours; those that start later join by "
     "themselves.\n\n"
     "Ends when the processes named by -p have ended, or by Ctrl-C: then the script's 'cleanup' "
     "handlers run. Calls that come faster than the script handles them are lost, and counted. "
     "Exit status: the script's, 1 after an error in it.",
     {{"Options", kOptions}, kRuleGroup, kProcessGroup},
     1},
    &Run};

}  // namespace omnitrace::tools
