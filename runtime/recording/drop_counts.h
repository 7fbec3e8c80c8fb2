// How many calls were left out of one thread, by reason, until they are added to the file's counts.
#ifndef OMNITRACE_RUNTIME_RECORDING_DROP_COUNTS_H_
#define OMNITRACE_RUNTIME_RECORDING_DROP_COUNTS_H_

#include <cstdint>

#include "runtime/workspace/format.h"

namespace omnitrace::recording {

// A process that is killed takes up to kMost of each thread with it; a locked instruction for each
// would cost as much as the rest of such a call.
class DropCounts {
 public:
  static constexpr uint64_t kMost = 4096;

  // By the thread itself. True when it is time to take them.
  bool Add(DropReason reason) { return ++counts_[static_cast<uint32_t>(reason)] % kMost == 0; }

  // By any thread, while this one goes on counting: hands what is new to `add(reason, calls)`. Of
  // two that take at once, one may be handed what the other one had, and that one a number below
  // zero: the sum is right.
  template <typename Add>
  void Take(const Add& add) {
    for (uint32_t reason = 0; reason < kDropReasons; ++reason) {
      uint64_t counted = __atomic_load_n(&counts_[reason], __ATOMIC_RELAXED);
      uint64_t taken = __atomic_exchange_n(&taken_[reason], counted, __ATOMIC_RELAXED);
      if (counted != taken) add(static_cast<DropReason>(reason), counted - taken);
    }
  }

 private:
  uint64_t counts_[kDropReasons];
  uint64_t taken_[kDropReasons];
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_DROP_COUNTS_H_
