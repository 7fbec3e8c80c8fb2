// When a process has started, which with its id names it for ever: ids are used again.
#ifndef OMNITRACE_RUNTIME_RECORDING_START_TIME_H_
#define OMNITRACE_RUNTIME_RECORDING_START_TIME_H_

#include <cstdint>

namespace omnitrace::recording {

// In clock ticks since boot: field 22 of /proc/PID/stat. 0 when there is no such process, or it is
// not to be seen.
uint64_t StartTimeOf(uint64_t pid);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_START_TIME_H_
