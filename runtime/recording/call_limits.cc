#include "runtime/recording/call_limits.h"

namespace omnitrace::recording {

void CallLimits::Start(const Limits& limits, uint64_t least_ticks, CallCounts* counts) {
  most_depth_ = limits.depth == 0 || limits.depth > UINT32_MAX
                    ? UINT32_MAX
                    : static_cast<uint32_t>(limits.depth);
  roots_ = limits.roots == 0 ? 1 : limits.roots;
  roots_left_ = 0;
  most_calls_ = limits.calls;
  least_ticks_ = least_ticks;
  counts_ = counts;
  any_ = limits.depth != 0 || roots_ > 1 || most_calls_ != 0 || least_ticks_ != 0;
  for (uint64_t& pair : spent_) pair = 0;
}

}  // namespace omnitrace::recording
