// Ticks of the recording's clock as nanoseconds since the start of the recording.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_TIME_SCALE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_TIME_SCALE_H_

#include <cstdint>

#include "runtime/workspace/format.h"

namespace omnitrace::workspace {

// The rate comes from the two pairs of clock readings in the header, which are as far apart as the
// recording was long; the writer's first estimate serves while they are closer than a millisecond.
class TimeScale {
 public:
  TimeScale() = default;
  explicit TimeScale(const FileHeader& header);

  // 0 for ticks before the start: cores' counters may differ by a little.
  uint64_t ToNanoseconds(uint64_t ticks) const {
    if (ticks <= start_ticks_) return 0;
    double nanoseconds = static_cast<double>(ticks - start_ticks_) * nanoseconds_per_tick_;
    return nanoseconds < kMost ? static_cast<uint64_t>(nanoseconds) : static_cast<uint64_t>(kMost);
  }
  double ticks_per_second() const { return 1e9 / nanoseconds_per_tick_; }
  // False when the pairs contradict the estimate by more than a factor of two: the header is
  // damaged, and the estimate, which has a checksum, is used.
  bool consistent() const { return consistent_; }

 private:
  static constexpr double kMost = 9.2e18;

  uint64_t start_ticks_ = 0;
  double nanoseconds_per_tick_ = 1;
  bool consistent_ = true;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_TIME_SCALE_H_
