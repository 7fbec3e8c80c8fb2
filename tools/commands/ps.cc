// `omnitrace ps`: the traced processes that run.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "runtime/workspace/description.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/live/process_choice.h"
#include "tools/live/switch_board.h"
#include "tools/output/table.h"
#include "tools/output/units.h"
#include "tools/output/value_json.h"
#include "tools/support/terminal.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {0, "json", "", "one JSON object per process and line"},
};

struct Seen {
  uint64_t pid, uptime;
  LiveHeader header;
  std::string title;
  uint64_t functions = 0, probes = 0, on = 0, observers = 0;
};

absl::string_view StateName(const Seen& seen) {
  switch (static_cast<LiveState>(seen.header.state)) {
    case LiveState::kStandby:
      return "standby";
    case LiveState::kRecording:
      return "recording";
    case LiveState::kStopped:
      return "stopped";
    case LiveState::kFrozen:
      return "frozen";
    case LiveState::kEnded:
      return "ended";
    case LiveState::kObserved:
      // It learns that nobody watches any more when somebody does again.
      return seen.observers == 0 ? "standby" : "observed";
  }
  return "unknown";
}

// Of those that are gone the switches are cleared; if not now, then by the next tool.
uint64_t CountObservers(const LiveFile& file, const LiveHeader& header) {
  uint64_t present = 0;
  bool any_gone = false;
  for (const LiveObserver& observer : header.observers) {
    bool gone = IsGone(observer);
    any_gone |= gone;
    if (observer.pid != 0 && !gone) ++present;
  }
  if (!any_gone) return present;
  absl::StatusOr<std::unique_ptr<SwitchBoard>> board = SwitchBoard::Open(file);
  if (board.ok()) (*board)->Write().IgnoreError();
  return present;
}

absl::StatusOr<Seen> Look(const LiveProcess& process) {
  Seen seen = {};
  seen.pid = process.pid;
  ASSIGN_OR_RETURN(seen.header, process.file->ReadHeader());
  seen.observers = CountObservers(*process.file, seen.header);
  ASSIGN_OR_RETURN(std::shared_ptr<const LiveDirectory> directory, process.file->ReadDirectory());
  ASSIGN_OR_RETURN(std::vector<uint8_t> switches, process.file->ReadSwitches());
  seen.title = TitleOf(process, seen.header);
  auto now = static_cast<uint64_t>(absl::GetCurrentTimeNanos());
  seen.uptime = now > seen.header.start_unix_ns ? now - seen.header.start_unix_ns : 0;
  for (const LiveFunction& function : directory->functions) {
    ++((function.flags & kFunctionProbe) != 0 ? seen.probes : seen.functions);
    if (IsOn(function, switches)) ++seen.on;
  }
  return seen;
}

std::string ToLine(const Seen& seen) {
  return absl::StrCat(Dump(Json::object({{"pid", seen.pid},
                                         {"title", TextToJson(seen.title)},
                                         {"program", TextToJson(LiveText(seen.header.program))},
                                         {"uptime", seen.uptime},
                                         {"state", StateName(seen)},
                                         {"recording", TextToJson(LiveText(seen.header.recording))},
                                         {"functions", seen.functions},
                                         {"probes", seen.probes},
                                         {"on", seen.on},
                                         {"observers", seen.observers}})),
                      "\n");
}

std::string ToTable(const std::vector<Seen>& processes, const Style& style) {
  Table table(
      {"pid", "uptime", "state", "functions", "probes", "on", "observers", "title", "program"});
  for (const Seen& seen : processes) {
    table.AddRow({absl::StrCat(seen.pid), DurationText(seen.uptime), std::string(StateName(seen)),
                  CountText(seen.functions), CountText(seen.probes), CountText(seen.on),
                  CountText(seen.observers), Escaped(seen.title),
                  Escaped(LiveText(seen.header.program))});
  }
  return table.ToText(style);
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  ASSIGN_OR_RETURN(std::vector<LiveProcess> processes, ChooseProcesses(line));
  std::vector<Seen> all;
  for (const LiveProcess& process : processes) {
    absl::StatusOr<Seen> seen = Look(process);
    if (seen.ok()) {
      all.push_back(*std::move(seen));
    } else {
      fprintf(stderr, "omnitrace ps: %s\n", Escaped(seen.status().message()).c_str());
    }
  }
  if (all.empty()) return absl::NotFoundError("no traced process of yours runs");
  Terminal terminal(line, Terminal::Paging::kWhenLong);
  if (line.Has("json")) {
    for (const Seen& seen : all) terminal.out().Write(ToLine(seen));
  } else {
    terminal.out().Write(ToTable(all, terminal.style()));
  }
  RETURN_IF_ERROR(terminal.Close());
  return kDone;
}

}  // namespace

extern const Command kPs;
const Command kPs = {
    "ps",
    "the traced processes that run",
    {"",
     "Lists your traced processes: how long each has run, whether it records, how many functions "
     "and probes it has, how many of them are on, and how many tools watch it. Exit status 1 when "
     "there is none.\n\n"
     "A process is found by a file in /run/user/UID/omnitrace or /tmp/omnitrace-UID, which nobody "
     "else may read.",
     {{"Options", kOptions}, kProcessGroup, kTerminalGroup},
     0,
     0},
    &Run};

}  // namespace omnitrace::tools
