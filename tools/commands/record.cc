// `omnitrace record`: the calls of live processes, in workspaces.
#include <cstdio>
#include <memory>
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
#include "tools/live/observed_process.h"
#include "tools/live/process_choice.h"
#include "tools/live/rule_options.h"
#include "tools/live/running_threads.h"
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

std::string DefaultPath(const LiveProcess& process) {
  absl::StatusOr<LiveHeader> header = process.file->ReadHeader();
  std::string program = header.ok() ? LiveText(header->program) : "";
  std::string name = program.substr(program.rfind('/') + 1);
  return absl::StrCat(name.empty() ? "process" : name, ".", process.pid, ".omni");
}

// One process and its file.
class Recorded {
 public:
  static absl::StatusOr<Recorded> Begin(LiveProcess process, const CommandLine& line) {
    ASSIGN_OR_RETURN(Calls calls, CallsOf(line));
    RecordingChoice& choice = calls.choice;
    Wanted wanted = choice.functions;
    if (choice.roots != nullptr) {
      wanted = [choice](absl::string_view name) {
        return choice.functions(name) || choice.roots(name);
      };
    }
    std::string path = DefaultPath(process);
    bool named = line.Has("output");
    if (named) path = std::string(line.Text("output"));
    Recorded recorded;
    recorded.recording_ = std::make_unique<LiveRecording>(path, !named, std::move(choice));
    ASSIGN_OR_RETURN(recorded.process_,
                     ObservedProcess::Attach(std::move(process), wanted, calls.rules));
    return recorded;
  }

  uint64_t functions() const { return process_->functions(); }
  uint64_t pid() const { return process_->origin().pid; }
  uint64_t calls() const { return recording_->calls(); }
  bool goes_on() const { return goes_on_; }

  // Whether anything came.
  bool Poll() {
    bool lives = process_->End().empty();
    bool any = Drain();
    if (lives && goes_on_) return any;
    Drain();
    goes_on_ = false;
    return any;
  }

  // What went wrong, if anything did, and what there is now.
  absl::Status End() {
    process_->Detach().IgnoreError();
    AwaitThreads({pid()}, [this] { Drain(); });
    for (int i = 0; i < kLooksAtTheEnd; ++i) Drain();
    status_.Update(recording_->Close(process_->lost()));
    return status_;
  }
  std::string Summary() const {
    std::string text = absl::StrCat(CountText(calls()), " calls of process ", pid());
    if (!recording_->paths().empty())
      absl::StrAppend(&text, " are in ", absl::StrJoin(recording_->paths(), ", "));
    if (process_->lost() > 0)
      absl::StrAppend(&text, "; ", CountText(process_->lost()),
                      " came too fast to be read, and are lost");
    return text;
  }

 private:
  bool Drain() {
    if (!status_.ok()) return false;
    absl::Status taken;
    absl::StatusOr<bool> any =
        process_->Poll([&](const workspace::Event& event, const workspace::Reader& reader) {
          taken = recording_->Take(event, reader);
          return taken.ok();
        });
    status_.Update(taken);
    status_.Update(any.status());
    goes_on_ = goes_on_ && status_.ok();
    TellShortage();
    return any.value_or(false);
  }

  void TellShortage() {
    std::string shortage = process_->Shortage();
    if (told_shortage_ || shortage.empty()) return;
    Complain(shortage);
    told_shortage_ = true;
  }

  std::unique_ptr<ObservedProcess> process_;
  std::unique_ptr<LiveRecording> recording_;
  absl::Status status_;
  bool goes_on_ = true, told_shortage_ = false;
};

absl::StatusOr<std::vector<Recorded>> BeginAll(const CommandLine& line) {
  ASSIGN_OR_RETURN(std::vector<LiveProcess> processes, ChooseProcesses(line));
  if (processes.empty()) return absl::NotFoundError("no traced process of yours runs");
  if (processes.size() > 1 && line.Has("output")) {
    return UsageError(absl::StrCat("-o names one file, and these are ", processes.size(),
                                   " processes; choose one with -p, or leave -o out"));
  }
  std::vector<Recorded> all;
  uint64_t functions = 0;
  for (LiveProcess& process : processes) {
    ASSIGN_OR_RETURN(Recorded recorded, Recorded::Begin(std::move(process), line));
    functions += recorded.functions();
    all.push_back(std::move(recorded));
  }
  if (functions > 0) return all;
  return absl::NotFoundError(absl::StrCat("no function or probe matches ", line.Text("ns", "*"),
                                          "; `omnitrace probes` lists them"));
}

void RecordUntil(absl::Time end, std::vector<Recorded>* all) {
  absl::Time began = absl::Now();
  bool limited = end != absl::InfiniteFuture();
  Progress progress("recording", limited ? absl::ToInt64Nanoseconds(end - began) : 1, !limited);
  LookPause pause;
  while (!EndSignals::Came() && absl::Now() < end) {
    bool any = false, goes_on = false;
    for (Recorded& each : *all) {
      if (!each.goes_on()) continue;
      any |= each.Poll();
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
  ASSIGN_OR_RETURN(std::vector<Recorded> all, BeginAll(line));
  absl::Duration most = absl::InfiniteDuration();
  if (line.Has("for")) most = absl::Nanoseconds(line.Time("for", 0));
  RecordUntil(absl::Now() + most, &all);
  absl::Status status;
  uint64_t calls = 0;
  for (Recorded& each : all) {
    absl::Status ended = each.End();
    if (!ended.ok()) Complain(ended.message());
    status.Update(ended);
    calls += each.calls();
    printf("%s\n", Escaped(each.Summary()).c_str());
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
