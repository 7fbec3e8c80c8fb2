// Durations and points in time as text: 5ms, 1.5s, 2024-03-01T12:00:00.250Z.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_TIME_VALUE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_TIME_VALUE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "runtime/workspace/value.h"

namespace omnitrace::workspace {

// Seconds between two counts: numerator / denominator, both above 0 in a sound file.
struct Period {
  int64_t numerator = 0;
  int64_t denominator = 0;
};

// `count` is a number of any kind. The unit is that of C++'s operator<<: ns, us, ms, s, min, h, d,
// or the period itself, as in [3/2]s.
std::string DurationText(const Value& count, Period period);

// Of std::chrono::system_clock: ISO 8601, UTC, with as many digits as the period has; else the
// duration since the clock's epoch. So is what no calendar of four-digit years holds.
std::string TimePointText(const Value& count, Period period, absl::string_view clock);

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_TIME_VALUE_H_
