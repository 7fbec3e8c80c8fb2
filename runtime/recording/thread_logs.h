// The logs of this process's threads. One of a thread that is gone goes to the next that needs one.
#ifndef OMNITRACE_RUNTIME_RECORDING_THREAD_LOGS_H_
#define OMNITRACE_RUNTIME_RECORDING_THREAD_LOGS_H_

#include <cstdint>

#include "runtime/recording/thread_log.h"

namespace omnitrace::recording {

// To be used with the session's lock held. All zeros isn't open.
class ThreadLogs {
 public:
  // Maps their memory, which lives as long as the process; forks wipe it. False when there is none.
  bool Open();

  // For a thread that has none in the recording of this epoch; null when there are too many
  // threads. What it holds is of whoever had it before.
  ThreadLog* Take(uint64_t epoch);

  // Those that were ever taken.
  ThreadLog* begin() { return logs_; }
  ThreadLog* end() { return logs_ + count_; }

  // Whether a thread goes by these rules.
  bool GoBy(const RuleSet* rules) const;

 private:
  ThreadLog* logs_;
  uint32_t count_;
  uint32_t hand_;  // the next one whose thread may be gone
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_THREAD_LOGS_H_
