// The threads of a process that may be in the middle of something.
#ifndef OMNITRACE_TOOLS_LIVE_RUNNING_THREADS_H_
#define OMNITRACE_TOOLS_LIVE_RUNNING_THREADS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"

namespace omnitrace::tools {

// A thread that finds its switch on records a call, and may lose the processor in between: with
// more threads than processors most of those that wait for one have, and for many milliseconds.
//
//   RunningThreads threads(pid);
//   while (!threads.HaveMovedOn()) ...
//
// It is no proof: what a thread does takes nanoseconds, but a page may be missing. Where the kernel
// doesn't say how long threads have run (it has no CONFIG_SCHED_INFO), they have moved on at once.
class RunningThreads {
 public:
  explicit RunningThreads(uint64_t pid);

  // Whether each of those that could run then has run since, sleeps, or has ended.
  bool HaveMovedOn();

 private:
  // Of a thread that can run. `nanoseconds` is behind by a tick while it does.
  struct Progress {
    uint64_t nanoseconds, times;
  };
  std::optional<Progress> ProgressOf(uint64_t tid) const;

  const uint64_t pid_;
  std::map<uint64_t, Progress> waited_for_;  // by id
};

// Does something again and again until the threads of these processes have moved on, but not for
// ever.
void AwaitThreads(const std::vector<uint64_t>& pids, absl::FunctionRef<void()> meanwhile);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_RUNNING_THREADS_H_
