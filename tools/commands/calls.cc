// `omnitrace calls`: one line per call, in order of entry, for people or programs.
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/model/call_filter.h"
#include "tools/model/call_stream.h"
#include "tools/model/workspace_set.h"
#include "tools/output/drops.h"
#include "tools/output/json_output.h"
#include "tools/output/text_output.h"
#include "tools/support/terminal.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {0, "json", "", "one JSON object per line"},
    kTypesOption,
    {0, "children", "",
     "JSON: list the ids of a call's children in place of their number; takes "
     "memory in proportion to the calls"},
};

ChildIds ListChildren(const WorkspaceSet& set, const CallFilter& filter,
                      CallStream::Options options) {
  ChildIds children;
  options.count_children = false;
  for (CallStream stream(set, filter, options); stream.Next();) {
    const Call& call = stream.call();
    if (call.parent != 0) children[call.parent].push_back(call.id);
  }
  return children;
}

absl::Status PrintJson(const CommandLine& line, const WorkspaceSet& set, const CallFilter& filter,
                       CallStream::Options options, Sink& sink) {
  ChildIds children;
  options.count_children = !line.Has("children");
  if (line.Has("children")) children = ListChildren(set, filter, options);
  CallStream stream(set, filter, options);
  JsonOutput output(sink, ValueStyleOf(line), line.Has("children") ? &children : nullptr);
  return PrintCalls(set, stream, sink, output);
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  ASSIGN_OR_RETURN(WorkspaceSet set, WorkspaceSet::Open(line.operands()));
  CallFilter filter(line);
  // Which thread comes first differs from run to run.
  CallStream::Options options = {.order = line.Has("stable") ? CallStream::Order::kThread
                                                             : CallStream::Order::kTime};
  Terminal terminal(line, Terminal::Paging::kWhenLong);
  absl::Status damage;
  if (line.Has("json")) {
    damage = PrintJson(line, set, filter, options, terminal.out());
  } else {
    CallStream stream(set, filter, options);
    LineOutput output(terminal.out(), {terminal.style(), ValueStyleOf(line)});
    damage = PrintCalls(set, stream, terminal.out(), output);
  }
  RETURN_IF_ERROR(terminal.Close());
  ReportDrops(set.files());
  RETURN_IF_ERROR(damage);
  return kDone;
}

}  // namespace

extern const Command kCalls;
const Command kCalls = {
    "calls",
    "one line per call, in order of entry",
    {"[FILE...]",
     "Prints one line per call, over all threads and files in order of entry: its id, the seconds "
     "since the start, the thread, and the call. With --stable the threads come one after the "
     "other.\n\n"
     "In JSON a call has id, parent, thread, pid, depth, name, signature, file, line, args, this, "
     "one of return (not of void functions), thrown, open and unwound (left by longjmp), changed "
     "with what was another value after the call behind its references, pointers and this, start "
     "and end in nanoseconds since the start of the recording, and the number of its children. "
     "With --types it has types, too: the declared types of args, this and return by their names.",
     {{"Options", kOptions}, kFilterGroup, kTerminalGroup}},
    &Run};

}  // namespace omnitrace::tools
