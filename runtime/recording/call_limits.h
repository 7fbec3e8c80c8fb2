// The limits that leave calls out. A thread's own, but for the counts of calls=N: a call that is
// known to be left out costs a comparison.
#ifndef OMNITRACE_RUNTIME_RECORDING_CALL_LIMITS_H_
#define OMNITRACE_RUNTIME_RECORDING_CALL_LIMITS_H_

#include <cstdint>

#include "runtime/recording/call_counts.h"
#include "runtime/recording/options.h"
#include "runtime/workspace/format.h"

namespace omnitrace::recording {

class CallLimits {
 public:
  // `least_ticks` are those of min=TIME. `counts` are all threads'.
  void Start(const Limits& limits, uint64_t least_ticks, CallCounts* counts);

  // Whether there is one to check at every call.
  bool any() const { return any_; }
  // Calls shorter than this are taken back; 0: none.
  uint64_t least_ticks() const { return least_ticks_; }

  // `depth` is the number of calls that a call is inside of.
  bool IsTooDeep(uint32_t depth) const { return depth >= most_depth_; }
  // Whether a call outside of all others is one of those between two that are recorded; counts it.
  bool SkipsRoot(uint32_t depth) {
    if (roots_left_ == 0 || depth != 0) return false;
    --roots_left_;
    return true;
  }
  // Whether `callee` is known to have had its calls from `caller`; a guess, if not.
  bool IsSpent(uint32_t caller, uint32_t callee) const {
    return spent_[Place(caller, callee)] == Pair(caller, callee);
  }
  // The limit that a call breaks, if any; counts it.
  DropReason Check(uint32_t depth, uint32_t caller, uint32_t callee) {
    if (IsTooDeep(depth)) return DropReason::kDepth;
    if (SkipsRoot(depth)) return DropReason::kSampled;
    if (depth == 0) roots_left_ = roots_ - 1;
    if (most_calls_ == 0) return DropReason::kNone;
    if (counts_->Count(caller, callee) <= most_calls_) return DropReason::kNone;
    spent_[Place(caller, callee)] = Pair(caller, callee);
    return DropReason::kCallSite;
  }

 private:
  static constexpr uint32_t kSpent = 64;

  static uint64_t Pair(uint32_t caller, uint32_t callee) { return uint64_t{caller} << 32 | callee; }
  static uint32_t Place(uint32_t caller, uint32_t callee) { return (caller * 8 + callee) % kSpent; }

  bool any_;
  uint32_t most_depth_;
  uint64_t roots_, roots_left_;  // of so many, one; and how many are left out until the next one
  uint64_t most_calls_;
  uint64_t least_ticks_;
  CallCounts* counts_;
  // Some pairs of caller and callee that have had their calls: asking the counts takes longer than
  // all else.
  uint64_t spent_[kSpent];
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_CALL_LIMITS_H_
