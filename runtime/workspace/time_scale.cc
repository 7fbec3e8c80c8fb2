#include "runtime/workspace/time_scale.h"

namespace omnitrace::workspace {
namespace {

constexpr uint64_t kLeastPairNanoseconds = 1'000'000;

}  // namespace

TimeScale::TimeScale(const FileHeader& header) : start_ticks_(header.start_ticks) {
  double estimate = static_cast<double>(header.start_ticks_per_second);
  nanoseconds_per_tick_ = estimate > 0 ? 1e9 / estimate : 1;
  if (header.last_mono_ns == 0) return;  // the second pair isn't written yet
  if (header.last_mono_ns < header.start_mono_ns || header.last_ticks < header.start_ticks) {
    consistent_ = false;
    return;
  }
  uint64_t elapsed = header.last_mono_ns - header.start_mono_ns;
  uint64_t ticks = header.last_ticks - header.start_ticks;
  if (elapsed < kLeastPairNanoseconds) return;
  double measured = static_cast<double>(elapsed) / static_cast<double>(ticks);
  bool close = measured > nanoseconds_per_tick_ / 2 && measured < nanoseconds_per_tick_ * 2;
  if (estimate > 0 ? close : ticks > 0) {
    nanoseconds_per_tick_ = measured;
  } else {
    consistent_ = false;
  }
}

}  // namespace omnitrace::workspace
