#include "tools/live/watch.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "runtime/workspace/status_macros.h"
#include "tools/live/running_threads.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

constexpr absl::Duration kLookEvery = absl::Milliseconds(200);

FileIdentity IdentityOf(uint64_t pid, const LiveFile& file) {
  struct stat status = {};
  fstat(file.descriptor(), &status);
  return {pid, status.st_dev, status.st_ino};
}

}  // namespace

Watch::Watch(ProcessChoice choice, Wanted wanted, LiveFilter filter, Forget forget,
             absl::string_view command)
    : choice_(std::move(choice)),
      wanted_(std::move(wanted)),
      filter_(std::move(filter)),
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
    FileIdentity identity = IdentityOf(process.pid, *process.file);
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
                   ObservedProcess::Attach(std::move(process), wanted_, filter_.rules));
  const LiveOrigin& origin = observed->origin();
  if (started_) Tell(absl::StrCat("process ", origin.pid, " (", origin.title, ") has come"));
  watched_.emplace_back(std::move(observed), LiveCalls(wanted_));
  return absl::OkStatus();
}

bool Watch::Poll(Use use) {
  bool look = absl::Now() >= next_look_;
  if (look) LookForEnds();
  bool any = false, more = true;
  for (size_t left = watched_.size(); left > 0 && more; --left) {
    turn_ = (turn_ + 1) % watched_.size();
    any |= PollOne(&watched_[turn_], [&](const LiveEvent& event) { return more = use(event); });
  }
  RemoveParted();
  if (look) Discover().IgnoreError();
  return any;
}

// What they have recorded until then is still to be read.
void Watch::LookForEnds() {
  for (Watched& each : watched_) {
    if (each.end.empty()) each.end = each.process->End();
  }
}

// Of an end whose entry was lost nobody knows whether the call was wanted.
bool Watch::IsWanted(const LiveEvent& event) const {
  if (filter_.empty()) return true;
  return event.has_arguments && filter_.condition.Holds(event);
}

// Whether anything was recorded.
bool Watch::PollOne(Watched* watched, Use use) {
  const LiveOrigin& origin = watched->process->origin();
  absl::StatusOr<bool> any =
      watched->process->Poll([&](const workspace::Event& event, const workspace::Reader& reader) {
        if (&reader != watched->reader) FollowReader(watched, reader);
        LiveEvent live;
        bool told = watched->calls.Take(origin, reader, event, &live) && IsWanted(live);
        return !told || use(live);
      });
  if (!any.ok()) watched->why = std::string(any.status().message());
  watched->quiet_looks =
      !watched->end.empty() && !any.value_or(false) ? watched->quiet_looks + 1 : 0;
  if (watched->quiet_looks == kLooksAtTheEnd) watched->why = std::string(watched->end);
  if (!watched->told_lost && watched->process->lost() > 0) {
    Tell(absl::StrCat("process ", origin.pid,
                      " records faster than events are handled: calls are lost"));
    watched->told_lost = true;
  }
  if (std::string line = watched->process->TakeShortage(); !line.empty()) Tell(line);
  return any.value_or(false);
}

// Ids are others there.
void Watch::FollowReader(Watched* watched, const workspace::Reader& reader) {
  if (watched->reader != nullptr) forget_(watched->process->origin());
  watched->calls.Reset();
  watched->reader = &reader;
}

void Watch::RemoveParted() {
  for (const Watched& each : watched_) {
    if (each.why.empty()) continue;
    const ObservedProcess& process = *each.process;
    Tell(absl::StrCat("process ", process.origin().pid, " (", process.origin().title, ") ",
                      each.why));
    lost_before_ += process.lost();
    forget_(process.origin());
    if (process.End().empty()) refused_.push_back(IdentityOf(process.origin().pid, process.file()));
  }
  watched_.erase(std::remove_if(watched_.begin(), watched_.end(),
                                [](const Watched& each) { return !each.why.empty(); }),
                 watched_.end());
}

void Watch::WantMore() {
  for (Watched& each : watched_) {
    each.calls.Reset();
    absl::Status status = each.process->TurnOn();
    if (!status.ok()) Tell(status.message());
  }
}

// Hands over what comes until calls that are under way have been recorded.
void Watch::Settle(Use use) {
  std::vector<uint64_t> pids;
  for (const Watched& each : watched_) pids.push_back(each.process->origin().pid);
  AwaitThreads(pids, [&] {
    for (Watched& each : watched_) PollOne(&each, use);
  });
}

void Watch::Stop(Use use) {
  for (Watched& each : watched_) each.process->Detach().IgnoreError();
  bool more = true;
  auto use_or_count = [&](const LiveEvent& event) {
    if (!more) {
      if (BeginsCall(event)) ++lost_before_;
      return true;
    }
    more = use(event);
    // 8 MiB of a thread's calls take 70 ms to count one by one.
    for (Watched& each : watched_) {
      if (!more) each.process->Hurry();
    }
    return more;
  };
  Settle(use_or_count);
  for (int i = 0; i < kLooksAtTheEnd; ++i) {
    for (Watched& each : watched_) PollOne(&each, use_or_count);
  }
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
