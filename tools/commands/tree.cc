// `omnitrace tree`: the call tree in the terminal.
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/model/call_filter.h"
#include "tools/model/call_stream.h"
#include "tools/model/workspace_set.h"
#include "tools/output/text_output.h"
#include "tools/support/terminal.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {'L', "levels", "N", "show N levels of calls"},
    kTypesOption,
};

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  ASSIGN_OR_RETURN(WorkspaceSet set, WorkspaceSet::Open(line.operands()));
  CallFilter filter(line);
  uint64_t levels = line.Number("levels", UINT64_MAX);
  // Then what lies deeper need not even be read.
  if (!filter.hides_callers()) filter.LimitDepth(levels);
  CallStream stream(set, filter, {.order = CallStream::Order::kThread});
  Terminal terminal(line, Terminal::Paging::kWhenLong);
  TreeOutput output(terminal.out(), {terminal.style(), ValueStyleOf(line)}, levels);
  absl::Status damage = PrintCalls(set, stream, terminal.out(), output);
  RETURN_IF_ERROR(terminal.Close());
  RETURN_IF_ERROR(damage);
  return kDone;
}

}  // namespace

extern const Command kTree;
const Command kTree = {
    "tree",
    "the call tree: arguments, results, exceptions, durations",
    {"[FILE...]",
     "Shows the calls of each thread as a tree, with their arguments, what they returned or threw, "
     "what they changed behind references, pointers and this, and how long they took. A call that "
     "threw is marked with `!`, one that never ended with (open). Without a file it shows the "
     "newest workspace in the working directory; of a directory it shows all workspaces.",
     {{"Options", kOptions}, kFilterGroup, kTerminalGroup}},
    &Run};

}  // namespace omnitrace::tools
