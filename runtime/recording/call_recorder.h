// Records calls in every case that the hooks' own short path is not made for.
#ifndef OMNITRACE_RUNTIME_RECORDING_CALL_RECORDER_H_
#define OMNITRACE_RUNTIME_RECORDING_CALL_RECORDER_H_

#include <cstdint>

#include "runtime/recording/thread_log.h"
#include "runtime/workspace/description.h"

namespace omnitrace::recording {

// Never null. Not `thread_local`, which would be reached through a function; and the first model
// of thread-local storage that needs no call in a shared library.
extern __thread ThreadLog* current_log __attribute__((tls_model("initial-exec")));

// This thread has no log (any more).
void ForgetCurrentLog();
// Or null.
ThreadLog* GetCurrentLog();

uint64_t EnterCarefully(Site* site, const void* arguments, const void* slot);
// The first call for a while, in a log that is ready: looks around first.
uint64_t EnterLate(Site* site, const void* arguments, const void* slot);
// Of the thread's innermost open call when it is one of `site`, else 0.
uint64_t InnermostToken(const Site* site);
void LeaveCarefully(Site* site, uint64_t token, const void* result);
// Returns and unwindings of calls that may have changed what their arguments refer to.
void LeaveChanged(Site* site, uint64_t token, const void* result, const void* arguments);
void Unwind(Site* site, uint64_t token, void* exception, const void* arguments);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_CALL_RECORDER_H_
