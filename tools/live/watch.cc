#include "tools/live/watch.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "runtime/workspace/status_macros.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

constexpr absl::Duration kLookEvery = absl::Milliseconds(200);

std::pair<uint64_t, uint64_t> IdentityOf(const LiveFile& file) {
  struct stat status = {};
  fstat(file.descriptor(), &status);
  return {status.st_dev, status.st_ino};
}

}  // namespace

Watch::Watch(ProcessChoice choice, Wanted wanted, Forget forget, absl::string_view command)
    : choice_(std::move(choice)),
      wanted_(std::move(wanted)),
      forget_(std::move(forget)),
      command_(command) {}

Watch::~Watch() = default;

absl::Status Watch::Start() {
  RETURN_IF_ERROR(Discover());
  started_ = true;
  if (watched_.empty()) Tell("waits for a traced process");
  return absl::OkStatus();
}

// Before the start, what is wrong with a process that was named is an error.
absl::Status Watch::Discover() {
  next_look_ = absl::Now() + kLookEvery;
  std::vector<absl::Status> problems;
  std::set<uint64_t> missing = choice_.pids;
  for (LiveProcess& process : FindChosen(choice_, &problems)) {
    missing.erase(process.pid);
    bool known = std::any_of(watched_.begin(), watched_.end(),
                             [&](const Watched& each) { return each.process->IsOf(process); });
    auto identity = IdentityOf(*process.file);
    bool refused = std::find(refused_.begin(), refused_.end(), identity) != refused_.end();
    if (known || refused) continue;
    uint64_t pid = process.pid;
    absl::Status status = Attach(std::move(process));
    if (status.ok()) continue;
    if (!started_ && choice_.pids.count(pid) > 0) return status;
    refused_.push_back(identity);
    Tell(status.message());
  }
  if (started_) return absl::OkStatus();
  for (const absl::Status& problem : problems) Tell(problem.message());
  return missing.empty() ? absl::OkStatus() : NotTraced(*missing.begin());
}

absl::Status Watch::Attach(LiveProcess process) {
  ASSIGN_OR_RETURN(std::unique_ptr<ObservedProcess> observed,
                   ObservedProcess::Attach(std::move(process), wanted_));
  if (started_)
    Tell(absl::StrCat("process ", observed->origin().pid, " (", observed->origin().title,
                      ") has come"));
  watched_.push_back({std::move(observed), LiveCalls(wanted_)});
  return absl::OkStatus();
}

bool Watch::Poll(Use use) {
  bool look = absl::Now() >= next_look_;
  bool any = false;
  for (size_t i = 0; i < watched_.size();) {
    Watched& each = watched_[i];
    // Asked first: what it records until its end is still to be read.
    bool ended = look && !each.process->Lives();
    absl::StatusOr<bool> polled = PollOne(&each, use);
    any |= polled.value_or(false);
    if (polled.ok() && !ended) {
      ++i;
      continue;
    }
    if (ended) PollToEnd(&each, use);
    Part(&each, polled.ok() ? "has ended" : polled.status().message());
    watched_.erase(watched_.begin() + static_cast<ptrdiff_t>(i));
  }
  if (look) Discover().IgnoreError();
  return any;
}

absl::StatusOr<bool> Watch::PollOne(Watched* watched, Use use) {
  bool any = false;
  const LiveOrigin& origin = watched->process->origin();
  absl::StatusOr<bool> polled =
      watched->process->Poll([&](const workspace::Event& event, const workspace::Reader& reader) {
        if (&reader != watched->reader) FollowReader(watched, reader);
        LiveEvent live;
        if (!watched->calls.Take(origin, reader, event, &live)) return true;
        any = true;
        return use(live);
      });
  RETURN_IF_ERROR(polled.status());
  if (watched->process->lost() != watched->told_lost && watched->told_lost == 0) {
    Tell(absl::StrCat("process ", origin.pid,
                      " records faster than events are handled: calls are lost"));
    watched->told_lost = watched->process->lost();
  }
  return any;
}

// Ids are others there.
void Watch::FollowReader(Watched* watched, const workspace::Reader& reader) {
  if (watched->reader != nullptr) forget_(watched->process->origin());
  watched->calls.Reset();
  watched->reader = &reader;
}

// What was moved while it was looked for is found when it is looked for again.
// Calls that found their switches on a moment before need another moment.
void Watch::PollToEnd(Watched* watched, Use use) {
  constexpr int kLooks = 3;
  constexpr absl::Duration kMoment = absl::Milliseconds(2);
  for (int i = 0; i < kLooks; ++i) {
    PollOne(watched, use).IgnoreError();
    absl::SleepFor(kMoment);
  }
}

void Watch::Part(Watched* watched, absl::string_view why) {
  const ObservedProcess& process = *watched->process;
  Tell(absl::StrCat("process ", process.origin().pid, " (", process.origin().title, ") ", why));
  lost_before_ += process.lost();
  forget_(process.origin());
  if (process.Lives()) refused_.push_back(IdentityOf(process.file()));
}

void Watch::WantMore() {
  for (Watched& each : watched_) {
    each.calls.Reset();
    absl::Status status = each.process->TurnOn();
    if (!status.ok()) Tell(status.message());
  }
}

void Watch::Stop(Use use) {
  for (Watched& each : watched_) each.process->Detach().IgnoreError();
  for (Watched& each : watched_) PollToEnd(&each, use);
  for (const Watched& each : watched_) {
    lost_before_ += each.process->lost();
    forget_(each.process->origin());
  }
  watched_.clear();
  if (lost_before_ > 0) Tell(absl::StrCat(lost_before_, " calls were lost"));
}

bool Watch::IsOver() const {
  return watched_.empty() && choice_.titles.empty() && !choice_.pids.empty();
}

uint64_t Watch::lost() const {
  uint64_t sum = lost_before_;
  for (const Watched& each : watched_) sum += each.process->lost();
  return sum;
}

void Watch::Tell(absl::string_view line) const {
  fprintf(stderr, "omnitrace %s: %s\n", command_.c_str(), Escaped(line).c_str());
}

}  // namespace omnitrace::tools
