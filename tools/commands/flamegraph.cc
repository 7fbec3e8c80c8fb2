// `omnitrace flamegraph`: calls as boxes whose width is their time, for Vega or as a page.
#include "tools/flamegraph/flamegraph.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/flamegraph/html.h"
#include "tools/flamegraph/vega.h"
#include "tools/model/call_filter.h"
#include "tools/model/workspace_set.h"
#include "tools/support/sink.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {'o', "output", "FILE",
     "write the Vega specification here (without -o and --html: to standard output)"},
    {0, "html", "FILE", "write a page that shows it in any browser, without a network"},
    {0, "merge", "", "one box for all calls of a stack, instead of one for each call"},
    {0, "focus", "GLOB", "only calls of these functions, and what they call"},
    {0, "max-marks", "N", "at most N boxes (10000): narrow neighbours share one"},
    {0, "stable", "", "without what differs between runs: every event is as wide as any other"},
};

// "-" is standard output.
absl::Status WriteFile(const std::string& path, absl::string_view text) {
  bool standard = path == "-";
  int fd =
      standard ? STDOUT_FILENO : open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) {
    return absl::PermissionDeniedError(
        absl::StrCat(path, ": cannot be written: ", std::strerror(errno)));
  }
  FileSink sink(fd, standard ? "standard output" : path);
  sink.Write(text);
  sink.Flush();
  if (!standard) close(fd);
  return sink.status();
}

absl::StatusOr<flamegraph::Request> ReadRequest(const CommandLine& line) {
  flamegraph::Request request;
  request.merged = line.Has("merge");
  request.focus = absl::StrJoin(line.List("focus"), ",");
  request.max_boxes = line.Number("max-marks", request.max_boxes);
  request.filter = CallFilter(line);
  request.stable = line.Has("stable");
  if (request.max_boxes == 0) return UsageError("--max-marks=0: expected at least 1");
  return request;
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  ASSIGN_OR_RETURN(flamegraph::Request request, ReadRequest(line));
  // Before the long work: a page cannot be made without it.
  std::string bundle;
  if (line.Has("html")) {
    ASSIGN_OR_RETURN(bundle, flamegraph::ReadVegaBundle());
  }
  ASSIGN_OR_RETURN(WorkspaceSet workspaces, WorkspaceSet::Open(line.operands()));
  absl::Status damage = workspaces.damage();
  absl::Status lost;
  flamegraph::Flamegraph graph = flamegraph::MakeFlamegraph(workspaces, request, lost);
  damage.Update(lost);

  std::string spec = flamegraph::VegaSpec(graph);
  if (line.Has("html")) {
    RETURN_IF_ERROR(
        WriteFile(std::string(line.Text("html")), flamegraph::HtmlPage(graph.title, spec, bundle)));
  }
  if (line.Has("output") || !line.Has("html")) {
    RETURN_IF_ERROR(WriteFile(std::string(line.Text("output", "-")), spec));
  }
  RETURN_IF_ERROR(damage);
  return kDone;
}

}  // namespace

extern const Command kFlamegraph;
const Command kFlamegraph = {
    "flamegraph",
    "calls as boxes whose width is their time, as a Vega specification or a page",
    {"[FILE...]",
     "Writes a Vega specification (version 5 and later) in which the width of a box is the time of "
     "a call, the row its depth, and every thread has a lane. Zooming, panning, focus and search "
     "are in the specification, so it works in any Vega viewer; --html puts it into a page "
     "together with Vega.\n\n"
     "Calls that are too narrow for a box of their own share one with their neighbours, which says "
     "how many calls it stands for.",
     {{"Options", kOptions}, kFilterGroup}},
    &Run};

}  // namespace omnitrace::tools
