// The live processes that a command is about, as they come and go, and the events of all of them.
#ifndef OMNITRACE_TOOLS_LIVE_WATCH_H_
#define OMNITRACE_TOOLS_LIVE_WATCH_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tools/live/live_calls.h"
#include "tools/live/live_event.h"
#include "tools/live/observed_process.h"
#include "tools/live/process_choice.h"

namespace omnitrace::tools {

// What the user should know goes to standard error, a line each: processes that come and end, and
// how many calls were lost.
class Watch {
 public:
  // What is known of a process's functions holds no more: it has ended, or records anew.
  using Forget = std::function<void(const LiveOrigin&)>;
  // `command` is for those lines.
  Watch(ProcessChoice choice, Wanted wanted, Forget forget, absl::string_view command);
  ~Watch();

  // Attaches to what is there. An error when a process that was named is not, or can't be watched.
  absl::Status Start();
  // `use` returns false to have the rest later.
  using Use = absl::FunctionRef<bool(const LiveEvent&)>;
  // Hands over what has been recorded since the last time; whether that was anything.
  bool Poll(Use use);
  // What is wanted is more by now.
  void WantMore();
  // Lets all processes go, and hands over what they had recorded until then.
  void Stop(Use use);

  // Processes that were named have all ended: nothing can come any more.
  bool IsOver() const;
  size_t processes() const { return watched_.size(); }
  uint64_t lost() const;

 private:
  struct Watched {
    std::unique_ptr<ObservedProcess> process;
    LiveCalls calls;
    const workspace::Reader* reader = nullptr;  // that events came from
    uint64_t told_lost = 0;
  };

  absl::Status Discover();
  absl::Status Attach(LiveProcess process);
  void FollowReader(Watched* watched, const workspace::Reader& reader);
  absl::StatusOr<bool> PollOne(Watched* watched, Use use);
  void PollToEnd(Watched* watched, Use use);
  void Part(Watched* watched, absl::string_view why);
  void Tell(absl::string_view line) const;

  const ProcessChoice choice_;
  const Wanted wanted_;
  const Forget forget_;
  const std::string command_;
  std::vector<Watched> watched_;
  std::vector<std::pair<uint64_t, uint64_t>> refused_;  // device and inode of files
  absl::Time next_look_ = absl::InfinitePast();
  bool started_ = false;
  uint64_t lost_before_ = 0;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_WATCH_H_
