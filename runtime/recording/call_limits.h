// The limits that leave calls out, and how many they left out of one thread. A thread's own:
// nothing here is shared, so that a call that is left out costs a comparison and a count.
#ifndef OMNITRACE_RUNTIME_RECORDING_CALL_LIMITS_H_
#define OMNITRACE_RUNTIME_RECORDING_CALL_LIMITS_H_

#include <cstdint>

#include "runtime/recording/call_counts.h"
#include "runtime/recording/options.h"
#include "runtime/workspace/format.h"

namespace omnitrace::recording {

class CallLimits {
 public:
  void Start(const Limits& limits, uint64_t ticks_per_second);

  // Whether there is one to check at every call.
  bool any() const { return any_; }
  // Calls shorter than this are taken back; 0: none.
  uint64_t least_ticks() const { return least_ticks_; }

  bool IsTooDeep(uint32_t depth) const { return depth >= most_depth_; }
  // The limit that a call is known to break. `depth` is the number of calls that it is inside of.
  DropReason Known(uint32_t depth, uint32_t caller, uint32_t callee) const {
    if (IsTooDeep(depth)) return DropReason::kDepth;
    bool spent = spent_[Place(caller, callee)] == Pair(caller, callee);
    return spent ? DropReason::kCallSite : DropReason::kNone;
  }
  // The limit that it breaks after all, if any. Counts it.
  DropReason Check(uint32_t depth, uint32_t caller, uint32_t callee, CallCounts* counts) {
    if (depth == 0 && roots_ > 1 && !TakesRoot()) return DropReason::kSampled;
    if (most_calls_ == 0) return DropReason::kNone;
    if (counts->Count(caller, callee) <= most_calls_) return DropReason::kNone;
    spent_[Place(caller, callee)] = Pair(caller, callee);
    return DropReason::kCallSite;
  }

 private:
  static constexpr uint32_t kSpent = 64;

  static uint64_t Pair(uint32_t caller, uint32_t callee) { return uint64_t{caller} << 32 | callee; }
  static uint32_t Place(uint32_t caller, uint32_t callee) {
    return (caller * 31 + callee) % kSpent;
  }
  // The first of each N.
  bool TakesRoot() {
    bool takes = roots_left_ == 0;
    roots_left_ = (takes ? roots_ : roots_left_) - 1;
    return takes;
  }

  bool any_;
  uint32_t most_depth_;
  uint64_t roots_, roots_left_;
  uint64_t most_calls_;
  uint64_t least_ticks_;
  // Some pairs of caller and callee that have had their calls. The counts are all threads', and
  // asking them takes longer than all else.
  uint64_t spent_[kSpent];
};

// Calls that were left out, by reason, until they are added to the file's. A process that is killed
// takes up to kMost of each thread with it; a locked instruction for each would cost as much as the
// rest of such a call.
class DropCounts {
 public:
  static constexpr uint64_t kMost = 4096;

  // True when it is time to add them to the file's.
  bool Add(DropReason reason) { return ++counts_[static_cast<uint32_t>(reason)] % kMost == 0; }
  // Hands each count to `add(reason, calls)`, and begins again.
  template <typename Add>
  void Take(const Add& add) {
    for (uint32_t reason = 0; reason < kDropReasons; ++reason) {
      uint64_t calls = __atomic_exchange_n(&counts_[reason], 0, __ATOMIC_RELAXED);
      if (calls != 0) add(static_cast<DropReason>(reason), calls);
    }
  }

 private:
  uint64_t counts_[kDropReasons];
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_CALL_LIMITS_H_
