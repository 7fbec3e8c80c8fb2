// `omnitrace record`: the calls of live processes, in workspaces.
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "runtime/workspace/glob.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/live/live_recording.h"
#include "tools/live/look_pause.h"
#include "tools/live/process_choice.h"
#include "tools/live/recorded_process.h"
#include "tools/live/rule_options.h"
#include "tools/output/units.h"
#include "tools/support/end_signals.h"
#include "tools/support/globs.h"
#include "tools/support/progress.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {0, "ns", "LIST", "functions and probes that match LIST, globs as for -fomni-ns; default *"},
    {0, "root", "LIST",
     "only while a call of a function that matches LIST is open, and that one; filters are about "
     "these calls, whatever they call is recorded"},
    {0, "for", "TIME", "let the processes go after TIME, and end"},
    {'o', "output", "FILE", "write FILE; default NAME.PID.omni, with a number if that is taken"},
};

Wanted Matching(std::string globs) {
  return [globs = std::move(globs)](absl::string_view name) {
    return GlobMatches(globs, std::string_view(name.data(), name.size()));
  };
}

// The calls that are wanted, and what the process itself leaves out.
struct Calls {
  RecordingChoice choice;
  LiveRules rules;
};

absl::StatusOr<Calls> CallsOf(const CommandLine& line) {
  Calls calls;
  calls.choice.functions = Matching(std::string(line.Text("ns", "*")));
  ASSIGN_OR_RETURN(LiveFilter filter, FilterOf(line));
  if (filter.condition.IsAboutTheEnd()) {
    return UsageError(
        "--where asks how calls end, and they are written when they begin; record them without "
        "it, and ask `omnitrace calls --where`");
  }
  calls.choice.condition = std::move(filter.condition);
  calls.rules = std::move(filter.rules);
  if (!line.Has("root")) return calls;
  calls.choice.roots = Matching(std::string(line.Text("root")));
  if (calls.rules.empty()) calls.rules.emplace_back();
  calls.rules.front().globs = std::string(line.Text("root"));
  calls.rules.front().root = true;
  return calls;
}

void Complain(absl::string_view line) {
  fprintf(stderr, "omnitrace record: %s\n", Escaped(line).c_str());
}

void TellShortage(RecordedProcess* process) {
  std::string shortage = process->TakeShortage();
  if (!shortage.empty()) Complain(shortage);
}

std::string SummaryOf(const RecordedProcess& process) {
  std::string text = absl::StrCat(CountText(process.calls()), " calls of process ", process.pid());
  if (!process.paths().empty())
    absl::StrAppend(&text, " are in ", absl::StrJoin(process.paths(), ", "));
  if (process.lost() > 0)
    absl::StrAppend(&text, "; ", CountText(process.lost()),
                    " came too fast to be read, and are lost");
  return text;
}

absl::StatusOr<std::vector<RecordedProcess>> BeginAll(const CommandLine& line) {
  if (line.Has("output") && line.Text("output").empty()) {
    return UsageError("-o names no file; leave it out for a name of the program's");
  }
  ASSIGN_OR_RETURN(std::vector<LiveProcess> processes, ChooseProcesses(line));
  if (processes.empty()) return absl::NotFoundError("no traced process of yours runs");
  if (processes.size() > 1 && line.Has("output")) {
    return UsageError(absl::StrCat("-o names one file, and these are ", processes.size(),
                                   " processes; choose one with -p, or leave -o out"));
  }
  ASSIGN_OR_RETURN(Calls calls, CallsOf(line));
  std::vector<RecordedProcess> all;
  uint64_t functions = 0;
  for (LiveProcess& process : processes) {
    ASSIGN_OR_RETURN(RecordedProcess recorded,
                     RecordedProcess::Begin(std::move(process), calls.choice, calls.rules,
                                            std::string(line.Text("output"))));
    functions += recorded.functions();
    all.push_back(std::move(recorded));
  }
  if (functions > 0) return all;
  return absl::NotFoundError(absl::StrCat("no function or probe matches ", line.Text("ns", "*"),
                                          "; `omnitrace probes` lists them"));
}

void RecordUntil(absl::Time end, std::vector<RecordedProcess>* all) {
  absl::Time began = absl::Now();
  bool limited = end != absl::InfiniteFuture();
  Progress progress("recording", limited ? absl::ToInt64Nanoseconds(end - began) : 1, !limited);
  LookPause pause;
  while (!EndSignals::Came() && absl::Now() < end) {
    bool any = false, goes_on = false;
    for (RecordedProcess& each : *all) {
      if (!each.goes_on()) continue;
      any |= each.Poll();
      TellShortage(&each);
      goes_on |= each.goes_on();
    }
    if (!goes_on) return;
    progress.Update(absl::ToInt64Nanoseconds(absl::Now() - began));
    EndSignals::WaitUntil(std::min(end, absl::Now() + pause.After(any)));
  }
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  for (absl::string_view option : {"ns", "root"}) {
    if (line.Has(option)) RETURN_IF_ERROR(CheckProbeGlobs(line.Text(option)));
  }
  EndSignals signals;
  ASSIGN_OR_RETURN(std::vector<RecordedProcess> all, BeginAll(line));
  absl::Duration most = absl::InfiniteDuration();
  if (line.Has("for")) most = absl::Nanoseconds(line.Time("for", 0));
  RecordUntil(absl::Now() + most, &all);
  absl::Status status;
  uint64_t calls = 0;
  for (RecordedProcess& each : all) {
    absl::Status ended = each.End();
    TellShortage(&each);
    if (!ended.ok()) Complain(ended.message());
    status.Update(ended);
    calls += each.calls();
    printf("%s\n", Escaped(SummaryOf(each)).c_str());
  }
  return status.ok() && calls > 0 ? kDone : kNo;
}

}  // namespace

extern const Command kRecord;
const Command kRecord = {
    "record",
    "records a live process, and lets it go",
    {"",
     "Turns functions and probes of live processes on, writes their calls to workspaces as they "
     "come, and turns them off again by Ctrl-C, after a time, or when the processes have ended. A "
     "process that is not recording itself is afterwards as it was before. Filters are asked when "
     "a call begins: --where about arguments, not about how it ends. Without -p and -t, all "
     "traced processes of yours are recorded. Exit status 1 when there was no call.",
     {{"Options", kOptions}, kRuleGroup, kProcessGroup},
     0,
     0},
    &Run};

}  // namespace omnitrace::tools
