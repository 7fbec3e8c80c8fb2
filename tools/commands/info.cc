// `omnitrace info`: what a workspace is a recording of.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/model/call_filter.h"
#include "tools/model/contents.h"
#include "tools/model/workspace_set.h"
#include "tools/output/call_text.h"
#include "tools/output/drops.h"
#include "tools/output/info_json.h"
#include "tools/output/units.h"
#include "tools/output/value_json.h"
#include "tools/support/terminal.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

using workspace::Info;

constexpr Option kOptions[] = {
    {0, "functions", "", "list the functions too"},
    {0, "json", "", "one JSON object per file and line"},
};

constexpr absl::string_view kStableText = "-";  // in place of what differs between runs

absl::string_view EndText(EndState end) {
  switch (end) {
    case EndState::kRunning:
      return "it still runs, or was killed";
    case EndState::kExited:
      return "complete";
    case EndState::kStopped:
      return "stopped early: no space was left";
  }
  return "in a state of a newer version";
}

std::string ClockText(const Info& info) {
  double gigahertz = info.ticks_per_second / 1e9;
  if (info.clock == ClockKind::kMonotonic) return "CLOCK_MONOTONIC";
  return absl::StrFormat("time stamp counter at %.4f GHz, calibrated over %s", gigahertz,
                         DurationText(info.duration_ns));
}

std::string UnixTimeText(uint64_t nanoseconds) {
  absl::Time time = absl::FromUnixNanos(static_cast<int64_t>(nanoseconds));
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", time, absl::UTCTimeZone());
}

class InfoText {
 public:
  InfoText(const Info& info, const Contents& contents, const Style& style, bool stable)
      : info_(info), contents_(contents), style_(style), stable_(stable) {
    AppendPainted(style_, Colour::kBold, Escaped(stable ? "workspace" : info_.path), &text_);
    text_ += '\n';
    AddProgram();
    AddRecording();
    AddThreads();
  }

  void AddFunctions() {
    for (const workspace::Function* function : contents_.functions) {
      absl::StrAppend(&text_, "    ", Escaped(function->signature), "  ",
                      Escaped(SourceFile(function->file, {stable_})), ":", function->line, "\n");
    }
  }

  const std::string& text() const { return text_; }

 private:
  void Add(absl::string_view label, absl::string_view value) {
    AppendPainted(style_, Colour::kDim, absl::StrFormat("  %-10s ", label), &text_);
    absl::StrAppend(&text_, value, "\n");
  }
  // For what differs between runs.
  void AddVolatile(absl::string_view label, absl::string_view value) {
    Add(label, stable_ ? kStableText : value);
  }
  void Warn(absl::string_view warning) {
    AppendPainted(style_, Colour::kYellow, absl::StrCat("  warning    ", warning), &text_);
    text_ += '\n';
  }

  void AddProgram() {
    AddVolatile("program", Escaped(info_.program));
    AddVolatile("build id", info_.build_id.empty() ? "none" : Escaped(info_.build_id));
    if (CheckProgram(info_) == ProgramState::kChanged) {
      Warn("the program has another build id now: it was built again after the recording");
    }
    AddVolatile("command", Escaped(info_.command));
    AddVolatile("process", absl::StrCat(info_.pid, " on ", Escaped(info_.host), ", in ",
                                        Escaped(info_.directory)));
  }

  void AddRecording() {
    AddVolatile("started", UnixTimeText(info_.start_unix_ns));
    AddVolatile("lasted", DurationText(info_.duration_ns));
    Add("end", EndText(info_.end));
    if (!info_.frozen_by.empty()) Add("frozen by", Escaped(info_.frozen_by));
    AddVolatile("clock", ClockText(info_));
    AddVolatile("size", absl::StrCat(BytesText(info_.bytes), " in ", CountText(info_.blocks),
                                     " blocks, format ", info_.version));
    Add("calls", CountText(contents_.calls));
    uint64_t dropped = 0;
    for (const workspace::Drop& drop : info_.drops) dropped += drop.calls;
    Add("dropped", dropped == 0 ? "none" : absl::StrCat(CountText(dropped), " calls"));
    for (const workspace::Drop& drop : info_.drops) {
      absl::StrAppendFormat(&text_, "    %s %s (%s)\n", CountText(drop.calls),
                            DropName(drop.reason), DropExplanation(drop.reason));
    }
    Add("functions", CountText(contents_.functions.size()));
  }

  void AddThreads() {
    Add("threads", CountText(contents_.threads.size()));
    for (auto [thread, calls] : contents_.threads) {
      absl::StrAppend(&text_, "    ", ThreadTitle(*thread), ": ", CountText(calls), " calls",
                      stable_ ? "" : absl::StrCat(", id ", thread->tid), "\n");
    }
  }

  const Info& info_;
  const Contents& contents_;
  const Style& style_;
  const bool stable_;
  std::string text_;
};

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  ASSIGN_OR_RETURN(WorkspaceSet set, WorkspaceSet::Open(line.operands()));
  Terminal terminal(line, Terminal::Paging::kWhenLong);
  CallFilter filter(line);
  bool functions = line.Has("functions"), stable = line.Has("stable");
  for (const WorkspaceFile& file : set.files()) {
    const Info& info = file.reader->info();
    Contents contents = ContentsOf(file, filter);
    if (line.Has("json")) {
      Json object = InfoToJson(info, contents, stable, functions);
      terminal.out().Write(absl::StrCat(Dump(object), "\n"));
    } else {
      InfoText text(info, contents, terminal.style(), stable);
      if (functions) text.AddFunctions();
      terminal.out().Write(text.text());
    }
  }
  RETURN_IF_ERROR(terminal.Close());
  RETURN_IF_ERROR(set.damage());
  return kDone;
}

}  // namespace

extern const Command kInfo;
const Command kInfo = {
    "info",
    "what was recorded: program, clock, threads, functions, drops",
    {"[FILE...]",
     "Shows what a workspace is a recording of: the program and whether it has been built again "
     "since, how it was called, when and how long it ran, by which clock, the threads with their "
     "calls, and how many calls are not recorded and why. With filters, the threads, functions and "
     "numbers of calls are those that they show.",
     {{"Options", kOptions}, kFilterGroup, kTerminalGroup}},
    &Run};

}  // namespace omnitrace::tools
