// Records how calls end: what they changed, and their result or what they threw.
#ifndef OMNITRACE_RUNTIME_RECORDING_CALL_END_H_
#define OMNITRACE_RUNTIME_RECORDING_CALL_END_H_

#include <cstdint>

#include "runtime/recording/exception.h"
#include "runtime/recording/thread_log.h"
#include "runtime/workspace/description.h"

namespace omnitrace::recording {

struct Ending {
  const void* result;          // of a return
  const Exception* exception;  // or null
  const char* arguments;       // the block that enter got, when some of them are mutable; or null
};

// Takes the record of the innermost call's entry back when the call is shorter than min=TIME, it is
// in this block, and nothing was recorded behind it. True when that is so, and the call is gone.
bool TakeBack(ThreadLog* log, uint64_t token);

// The short way to record a return that an earlier block has the entry of. False when it takes the
// long one.
bool LeaveFar(ThreadLog* log, const Site& site, uint64_t token, const void* result);

// Ends the call with this token, which is open in `log`, and those that it has left behind.
void EndCall(ThreadLog* log, Site* site, uint64_t token, const Ending& ending);

// Frames above `token`'s call vanished without returning, by longjmp.
void PutUnwound(ThreadLog* log, uint64_t now, uint64_t token);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_CALL_END_H_
