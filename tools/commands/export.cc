// `omnitrace export`: calls in the formats of other tools.
#include <memory>

#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/model/call_filter.h"
#include "tools/model/call_stream.h"
#include "tools/model/workspace_set.h"
#include "tools/output/chrome_output.h"
#include "tools/output/drops.h"
#include "tools/output/folded_output.h"
#include "tools/output/speedscope_output.h"
#include "tools/support/terminal.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {'f', "format", "chrome|folded|speedscope", "the format; needed"},
};

std::unique_ptr<Output> MakeOutput(absl::string_view format, const ValueStyle& style, Sink& sink) {
  if (format == "chrome") return std::make_unique<ChromeOutput>(sink, style);
  if (format == "folded") return std::make_unique<FoldedOutput>(sink);
  return std::make_unique<SpeedscopeOutput>(sink);
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  if (!line.Has("format")) return UsageError("needs --format=chrome, folded or speedscope");
  ASSIGN_OR_RETURN(WorkspaceSet set, WorkspaceSet::Open(line.operands()));
  CallFilter filter(line);
  CallStream stream(set, filter, {.order = CallStream::Order::kThread});
  Terminal terminal(line, Terminal::Paging::kNever);
  std::unique_ptr<Output> output =
      MakeOutput(line.Text("format"), {line.Has("stable")}, terminal.out());
  absl::Status damage = PrintCalls(set, stream, terminal.out(), *output);
  RETURN_IF_ERROR(terminal.Close());
  ReportDrops(set.files());
  RETURN_IF_ERROR(damage);
  return kDone;
}

}  // namespace

extern const Command kExport;
const Command kExport = {
    "export",
    "calls in the formats of other tools",
    {"--format=FORMAT [FILE...]",
     "Prints the calls as another tool reads them: chrome, trace events with arguments for "
     "chrome://tracing and Perfetto; folded, a line per stack for flamegraph.pl; speedscope, "
     "for www.speedscope.app.",
     {{"Options", kOptions}, kFilterGroup, kTerminalGroup}},
    &Run};

}  // namespace omnitrace::tools
