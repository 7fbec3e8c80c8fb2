// A live process that this tool watches, and the events that it records meanwhile.
#ifndef OMNITRACE_TOOLS_LIVE_OBSERVED_PROCESS_H_
#define OMNITRACE_TOOLS_LIVE_OBSERVED_PROCESS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "runtime/workspace/follower.h"
#include "tools/live/foreign_calls.h"
#include "tools/live/live_event.h"
#include "tools/live/live_process.h"
#include "tools/live/observer.h"

namespace omnitrace::tools {

// Of a process that records no more: what was moved while it was looked for is found when it is
// looked for again. Behind what is missing then a thread is read; and then the next one of its
// window may tell of calls that nobody saw.
inline constexpr int kLooksAtTheEnd = 5;

// A process that records nothing does so for its observers, in its live file; one that records does
// so in its workspace, which is read as it grows.
class ObservedProcess {
 public:
  // Turns on what is wanted; of the calls, the process leaves out what the rules say.
  static absl::StatusOr<std::unique_ptr<ObservedProcess>> Attach(LiveProcess process, Wanted wanted,
                                                                 const LiveRules& rules = {});

  // Hands over what has been recorded since the last time, of all that anybody has turned on, but
  // for calls that others alone want; whether that was anything. What has been loaded meanwhile,
  // and is wanted, is turned on. An error: nothing will come any more. `use` returns false to have
  // the rest later. Another reader is another recording of the process, in which ids are others.
  using Use = absl::FunctionRef<bool(const workspace::Event&, const workspace::Reader&)>;
  absl::StatusOr<bool> Poll(Use use);
  // Turns on what is wanted by now; to be called when that is more.
  absl::Status TurnOn();
  // Nothing is on for this tool any more. What was recorded until then can still be polled.
  absl::Status Detach();

  // What is recorded faster than it is used is lost from now on.
  void Hurry() { hurries_ = true; }

  // What has become of it, when nothing is recorded in its files any more; "" as long as it may be.
  absl::string_view End() const;
  // Of this one, which may be another one by now.
  bool IsOf(const LiveProcess& process) const;

  uint64_t functions() const { return functions_; }  // that are wanted, and there
  // Calls that were overwritten before they were read, of all observers.
  uint64_t lost() const;
  // It had no memory for events since it has been observed, and left calls out: says so once, with
  // the remedy. Else "".
  std::string TakeShortage();
  const LiveOrigin& origin() const { return origin_; }
  const LiveFile& file() const { return *process_.file; }

 private:
  ObservedProcess(LiveProcess process, Wanted wanted)
      : process_(std::move(process)), wanted_(std::move(wanted)) {}
  absl::Status Follow(const LiveHeader& header, workspace::Follower::From from);
  bool IsQuiet() const;
  absl::StatusOr<bool> Drain(Use use);
  void Release();
  void LookForLate();
  void CountLate();

  LiveProcess process_;
  const Wanted wanted_;
  std::unique_ptr<Observer> observer_;
  // The one that events were given of last lives on, so that the addresses of readers tell
  // recordings apart.
  std::shared_ptr<workspace::Follower> follower_, given_;
  std::optional<ForeignCalls> foreign_;
  std::string source_;  // what it follows: "" nothing yet
  // Since when there is nothing more in it, and how often that was seen.
  absl::Time quiet_since_ = absl::InfinitePast();
  int quiet_looks_ = 0;
  // Of the source before, which late threads write to.
  std::shared_ptr<workspace::Follower> former_;
  uint64_t former_lost_ = 0;
  absl::Time late_until_, late_look_;
  bool detached_ = false;
  uint64_t directory_bytes_ = 0;
  uint64_t functions_ = 0;
  uint64_t lost_before_ = 0;
  uint32_t shortages_before_ = 0;
  bool lacks_memory_ = false, told_shortage_ = false, hurries_ = false;
  LiveOrigin origin_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_OBSERVED_PROCESS_H_
