// The live processes that a command is about, as they come and go, and the events of all of them.
#ifndef OMNITRACE_TOOLS_LIVE_WATCH_H_
#define OMNITRACE_TOOLS_LIVE_WATCH_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tools/live/live_calls.h"
#include "tools/live/live_event.h"
#include "tools/live/observed_process.h"
#include "tools/live/process_choice.h"
#include "tools/live/rule_options.h"

namespace omnitrace::tools {

// Process, device and inode of a live file. Ids are used again, but not together.
using FileIdentity = std::tuple<uint64_t, uint64_t, uint64_t>;

// What the user should know goes to standard error, a line each: processes that come and end, and
// how many calls were lost.
class Watch {
 public:
  // What is known of a process's functions holds no more: it has ended, or records anew.
  using Forget = std::function<void(const LiveOrigin&)>;
  // `command` is for those lines.
  Watch(ProcessChoice choice, Wanted wanted, LiveFilter filter, Forget forget,
        absl::string_view command);
  ~Watch();

  // Attaches to what is there. An error when a process that was named is not, or can't be watched.
  absl::Status Start();
  // `use` returns false to have the rest later: then the next process comes first.
  using Use = absl::FunctionRef<bool(const LiveEvent&)>;
  // Hands over what has been recorded since the last time; whether there was anything.
  bool Poll(Use use);
  // What is wanted is more by now.
  void WantMore();
  // Of those that were handed over, so many calls came to nothing; until Stop, and in `forget`.
  void CountLost(uint64_t calls) { lost_before_ += calls; }
  // Lets all processes go, and hands over what they had recorded until then; what `use` doesn't
  // want any more is lost.
  void Stop(Use use);

  // Processes that were named have all ended: nothing can come any more.
  bool IsOver() const;
  size_t processes() const { return watched_.size(); }
  uint64_t lost() const;

 private:
  struct Watched {
    Watched(std::unique_ptr<ObservedProcess> observed, LiveCalls open)
        : process(std::move(observed)), calls(std::move(open)) {}

    std::unique_ptr<ObservedProcess> process;
    LiveCalls calls;
    const workspace::Reader* reader = nullptr;  // that events came from
    bool told_lost = false;
    absl::string_view end;  // ObservedProcess::End()
    int quiet_looks = 0;    // since then
    std::string why;        // nothing comes of it any more; empty: it may
  };

  absl::Status Discover();
  absl::Status Attach(LiveProcess process);
  void FollowReader(Watched* watched, const workspace::Reader& reader);
  void LookForEnds();
  bool IsWanted(const LiveEvent& event) const;
  bool PollOne(Watched* watched, Use use);
  void RemoveParted();
  void Settle(Use use);
  void Tell(absl::string_view line) const;

  const ProcessChoice choice_;
  const Wanted wanted_;
  const LiveFilter filter_;
  const Forget forget_;
  const std::string command_;
  std::vector<Watched> watched_;
  size_t turn_ = 0;  // whose it is
  std::vector<FileIdentity> refused_;
  absl::Time next_look_ = absl::InfinitePast();
  bool started_ = false;
  uint64_t lost_before_ = 0;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_WATCH_H_
