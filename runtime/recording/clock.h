// The recording's clock: the time stamp counter where it is invariant, else CLOCK_MONOTONIC.
#ifndef OMNITRACE_RUNTIME_RECORDING_CLOCK_H_
#define OMNITRACE_RUNTIME_RECORDING_CLOCK_H_

#include <time.h>

#include <cstdint>

#include "runtime/workspace/format.h"

namespace omnitrace::recording {

inline uint64_t MonotonicNanoseconds(clockid_t clock = CLOCK_MONOTONIC) {
  timespec now;
  clock_gettime(clock, &now);
  return static_cast<uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(now.tv_nsec);
}

// A serialising read would cost 3 ns more; a stamp may move by the few instructions around it.
inline uint64_t ReadTicks(ClockKind clock) {
#if defined(__x86_64__)
  if (__builtin_expect(clock == ClockKind::kTsc, 1)) return __builtin_ia32_rdtsc();
#endif
  (void)clock;
  return MonotonicNanoseconds();
}

// The same moment on both clocks.
struct ClockPair {
  uint64_t ticks;
  uint64_t nanoseconds;
};
ClockPair ReadClockPair(ClockKind clock);

ClockKind ChooseClock();

// Within about 1 in 10,000: a spin of a fifth of a millisecond. The clock pairs of a longer
// recording are better.
uint64_t EstimateTicksPerSecond(ClockKind clock);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_CLOCK_H_
