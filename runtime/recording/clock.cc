#include "runtime/recording/clock.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace omnitrace::recording {
namespace {

constexpr uint64_t kSpinNanoseconds = 200'000;

}  // namespace

ClockPair ReadClockPair(ClockKind clock) {
  if (clock == ClockKind::kMonotonic) {
    uint64_t now = MonotonicNanoseconds();
    return {now, now};
  }
  // The narrowest of a few: an interrupt between two readings widens one.
  ClockPair best = {};
  uint64_t best_width = UINT64_MAX;
  for (int i = 0; i < 4; ++i) {
    uint64_t before = ReadTicks(clock);
    uint64_t nanoseconds = MonotonicNanoseconds();
    uint64_t width = ReadTicks(clock) - before;
    if (width >= best_width) continue;
    best_width = width;
    best = {before + width / 2, nanoseconds};
  }
  return best;
}

ClockKind ChooseClock() {
#if defined(__x86_64__)
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned kInvariant = 1u << 8;
  if (__get_cpuid(0x80000007, &a, &b, &c, &d) != 0 && (d & kInvariant) != 0) {
    return ClockKind::kTsc;
  }
#endif
  return ClockKind::kMonotonic;
}

uint64_t EstimateTicksPerSecond(ClockKind clock) {
  if (clock == ClockKind::kMonotonic) return 1'000'000'000;
  ClockPair first = ReadClockPair(clock);
  ClockPair last;
  do {
    last = ReadClockPair(clock);
  } while (last.nanoseconds - first.nanoseconds < kSpinNanoseconds);
  double ticks = static_cast<double>(last.ticks - first.ticks);
  return static_cast<uint64_t>(ticks * 1e9 /
                               static_cast<double>(last.nanoseconds - first.nanoseconds));
}

}  // namespace omnitrace::recording
