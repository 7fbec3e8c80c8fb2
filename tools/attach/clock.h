// The clock of timers and of performance.now().
#ifndef OMNITRACE_TOOLS_ATTACH_CLOCK_H_
#define OMNITRACE_TOOLS_ATTACH_CLOCK_H_

#include <chrono>
#include <cstdint>

namespace omnitrace::attach {

inline int64_t SteadyNanoseconds() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

inline double SteadyMilliseconds() { return static_cast<double>(SteadyNanoseconds()) / 1e6; }

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_CLOCK_H_
