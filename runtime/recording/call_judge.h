// Whom of its observers a process records a call for.
#ifndef OMNITRACE_RUNTIME_RECORDING_CALL_JUDGE_H_
#define OMNITRACE_RUNTIME_RECORDING_CALL_JUDGE_H_

#include <cstdint>

#include "runtime/recording/thread_log.h"
#include "runtime/workspace/description.h"

namespace omnitrace::recording {

// Whom a call is recorded for: 0 nobody; kForAll whoever has turned its function on, and nobody's
// rules were asked; or else these bits of its switch, and LiveJudgedBit() of those whose rules
// were.
inline constexpr uint16_t kForAll = 0xffff;
// Of a call that is about to be recorded in this thread's log. Takes no lock and no memory, and
// comes to an end: at most kMostLiveComparisons comparisons for each observer.
uint16_t JudgeCall(ThreadLog* log, const Site& site, uint32_t id, const char* block);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_CALL_JUDGE_H_
