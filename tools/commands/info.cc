// `omnitrace info`: what a workspace is a recording of.
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/model/thread_calls.h"
#include "tools/model/workspace_set.h"
#include "tools/output/call_text.h"
#include "tools/output/drops.h"
#include "tools/output/units.h"
#include "tools/output/value_json.h"
#include "tools/support/build_id.h"
#include "tools/support/terminal.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

using workspace::Info;
using workspace::Reader;

constexpr Option kOptions[] = {
    {0, "functions", "", "list the functions too"},
    {0, "json", "", "one JSON object per file and line"},
};

constexpr absl::string_view kStableText = "-";  // in place of what differs between runs

// What the program is now, next to what was recorded.
enum class ProgramState { kSame, kChanged, kMissing, kUnknown };

ProgramState CheckProgram(const Info& info) {
  if (info.build_id.empty()) return ProgramState::kUnknown;
  absl::StatusOr<std::string> now = ReadBuildId(info.program);
  if (!now.ok()) return ProgramState::kMissing;
  return absl::AsciiStrToLower(info.build_id) == *now ? ProgramState::kSame
                                                      : ProgramState::kChanged;
}

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

absl::string_view EndName(EndState end) {
  return end == EndState::kRunning ? "running" : end == EndState::kExited ? "exited" : "stopped";
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

uint64_t CountCalls(const Reader& reader) {
  uint64_t calls = 0;
  for (const workspace::Thread& thread : reader.threads()) {
    calls += tools::CountCalls(reader, thread.index);
  }
  return calls;
}

class InfoText {
 public:
  InfoText(const Reader& reader, const Style& style, bool stable, bool functions)
      : reader_(reader), info_(reader.info()), style_(style), stable_(stable) {
    AppendPainted(style_, Colour::kBold, Escaped(stable ? "workspace" : info_.path), &text_);
    text_ += '\n';
    AddProgram();
    AddRecording();
    AddThreads();
    if (functions) AddFunctions();
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
    AddVolatile("clock", ClockText(info_));
    AddVolatile("size", absl::StrCat(BytesText(info_.bytes), " in ", CountText(info_.blocks),
                                     " blocks, format ", info_.version));
    Add("calls", CountText(CountCalls(reader_)));
    uint64_t dropped = 0;
    for (const workspace::Drop& drop : info_.drops) dropped += drop.calls;
    Add("dropped", dropped == 0 ? "none" : absl::StrCat(CountText(dropped), " calls"));
    for (const workspace::Drop& drop : info_.drops) {
      absl::StrAppendFormat(&text_, "    %s %s (%s)\n", CountText(drop.calls),
                            DropName(drop.reason), DropExplanation(drop.reason));
    }
    Add("functions", CountText(reader_.functions().size()));
  }

  void AddThreads() {
    Add("threads", CountText(reader_.threads().size()));
    for (const workspace::Thread& thread : reader_.threads()) {
      absl::StrAppend(&text_, "    ", ThreadTitle(thread), ": ",
                      CountText(tools::CountCalls(reader_, thread.index)), " calls",
                      stable_ ? "" : absl::StrCat(", id ", thread.tid), "\n");
    }
  }

  void AddFunctions() {
    for (const workspace::Function& function : reader_.functions()) {
      absl::StrAppend(&text_, "    ", Escaped(function.signature), "  ", Escaped(function.file),
                      ":", function.line, "\n");
    }
  }

  const Reader& reader_;
  const Info& info_;
  const Style& style_;
  const bool stable_;
  std::string text_;
};

Json FunctionsToJson(const Reader& reader) {
  Json functions = Json::array();
  for (const workspace::Function& function : reader.functions()) {
    functions.push_back(Json::object({{"name", TextToJson(function.name)},
                                      {"signature", TextToJson(function.signature)},
                                      {"file", TextToJson(function.file)},
                                      {"line", function.line}}));
  }
  return functions;
}

Json InfoToJson(const Reader& reader, bool functions) {
  const Info& info = reader.info();
  Json object;
  object["path"] = TextToJson(info.path);
  object["program"] = TextToJson(info.program);
  object["build_id"] = TextToJson(info.build_id);
  ProgramState state = CheckProgram(info);
  object["program_changed"] =
      state == ProgramState::kUnknown ? Json(nullptr) : Json(state == ProgramState::kChanged);
  object["command"] = TextToJson(info.command);
  object["pid"] = info.pid;
  object["host"] = TextToJson(info.host);
  object["directory"] = TextToJson(info.directory);
  object["start"] = info.start_unix_ns;
  object["duration"] = info.duration_ns;
  object["end"] = EndName(info.end);
  object["clock"] = info.clock == ClockKind::kTsc ? "tsc" : "monotonic";
  object["ticks_per_second"] = info.ticks_per_second;
  object["bytes"] = info.bytes;
  object["blocks"] = info.blocks;
  object["version"] = info.version;
  object["writer"] = TextToJson(info.writer_version);
  object["calls"] = CountCalls(reader);
  Json& dropped = object["dropped"] = Json::object();
  for (const workspace::Drop& drop : info.drops) {
    dropped[std::string(DropName(drop.reason))] = drop.calls;
  }
  Json& threads = object["threads"] = Json::array();
  for (const workspace::Thread& thread : reader.threads()) {
    threads.push_back(Json::object({{"thread", thread.index},
                                    {"tid", thread.tid},
                                    {"name", TextToJson(thread.name)},
                                    {"calls", tools::CountCalls(reader, thread.index)}}));
  }
  object["functions"] = functions ? FunctionsToJson(reader) : Json(reader.functions().size());
  return object;
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  ASSIGN_OR_RETURN(WorkspaceSet set, WorkspaceSet::Open(line.operands()));
  Terminal terminal(line, Terminal::Paging::kWhenLong);
  bool functions = line.Has("functions");
  for (const WorkspaceFile& file : set.files()) {
    std::string text;
    if (line.Has("json")) {
      text = absl::StrCat(Dump(InfoToJson(*file.reader, functions)), "\n");
    } else {
      text = InfoText(*file.reader, terminal.style(), line.Has("stable"), functions).text();
    }
    terminal.out().Write(text);
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
     "calls, and how many calls are not recorded and why.",
     {{"Options", kOptions}, kTerminalGroup}},
    &Run};

}  // namespace omnitrace::tools
