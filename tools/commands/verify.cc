// `omnitrace verify`: whether every record of a workspace is as it should be.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "runtime/workspace/status_macros.h"
#include "runtime/workspace/verifier.h"
#include "tools/command.h"
#include "tools/model/workspace_set.h"
#include "tools/output/units.h"
#include "tools/support/progress.h"
#include "tools/support/terminal.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

using workspace::Event;
using workspace::Reader;
using workspace::Verification;
using workspace::Verifier;

constexpr Option kOptions[] = {
    {'v', "verbose", "", "list every record with its offset, and every problem"},
};

std::string RecordText(const Reader& reader, const Event& event) {
  static constexpr absl::string_view kNames[] = {"enter",   "leave",   "throw",
                                                 "unwound", "dropped", "changed"};
  std::string text = absl::StrFormat("%10d  thread %d  %-7s  ", event.offset, event.thread,
                                     kNames[static_cast<size_t>(event.kind)]);
  if (event.kind == Event::Kind::kDropped) {
    absl::StrAppend(&text, event.count, " calls");
  } else if (event.kind == Event::Kind::kUnwound) {
    absl::StrAppend(&text, "to depth ", event.depth);
  } else {
    absl::StrAppend(&text, "depth ", event.depth, "  ",
                    Escaped(reader.function(event.function).name));
  }
  return absl::StrCat(text, "\n");
}

void ListRecords(const Reader& reader, Sink& sink) {
  for (const workspace::Thread& thread : reader.threads()) {
    workspace::EventCursor cursor(reader, thread.index);
    while (!sink.closed() && cursor.Next()) sink.Write(RecordText(reader, cursor.event()));
  }
}

// Returns whether the file is good.
bool VerifyFile(const std::string& path, bool verbose, Sink& sink) {
  absl::StatusOr<std::unique_ptr<Reader>> reader = Reader::Open(path);
  if (!reader.ok()) {
    sink.Write(absl::StrCat(Escaped(reader.status().message()), "\n"));
    return false;
  }
  if (verbose) ListRecords(**reader, sink);
  Progress progress("checking", (*reader)->info().blocks);
  Verification found =
      Verifier(**reader, [&](uint64_t done, uint64_t) { progress.Update(done); }).Run();
  if (found.problem_count == 0) {
    sink.Write(absl::StrCat(Escaped(path), ": good: ", CountText(found.calls), " calls in ",
                            CountText(found.records), " records, ", CountText(found.blocks),
                            " blocks\n"));
    return true;
  }
  size_t shown = verbose ? found.problems.size() : 1;
  for (size_t i = 0; i < shown && i < found.problems.size(); ++i) {
    const workspace::Problem& problem = found.problems[i];
    sink.Write(absl::StrCat(Escaped(path), ": offset ", problem.offset, ": ", Escaped(problem.what),
                            "\n"));
  }
  if (found.problem_count > shown) {
    sink.Write(absl::StrCat(Escaped(path), ": ", CountText(found.problem_count - shown),
                            " more problems", verbose ? "" : "; --verbose lists them", "\n"));
  }
  return false;
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  ASSIGN_OR_RETURN(std::vector<std::string> paths, ExpandPaths(line.operands()));
  bool verbose = line.Has("verbose");
  Terminal terminal(line, verbose ? Terminal::Paging::kWhenLong : Terminal::Paging::kNever);
  bool good = true;
  for (const std::string& path : paths) good &= VerifyFile(path, verbose, terminal.out());
  RETURN_IF_ERROR(terminal.Close());
  return good ? kDone : kNo;
}

}  // namespace

extern const Command kVerify;
const Command kVerify = {
    "verify",
    "checks every record",
    {"[FILE...]",
     "Checks every byte of a workspace that can be checked: headers, checksums, records, values, "
     "order, completeness. Exit status 1 and the offset of the first bad byte when something is "
     "wrong. A file that ends early because its process was killed is good.",
     {{"Options", kOptions}, kTerminalGroup}},
    &Run};

}  // namespace omnitrace::tools
