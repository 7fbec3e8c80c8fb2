// What freezes a recording, so that it keeps what led to it: omnitrace::freeze(), and what
// OMNITRACE_LIMITS=freeze=… says of a call that ends.
#ifndef OMNITRACE_RUNTIME_RECORDING_FREEZE_H_
#define OMNITRACE_RUNTIME_RECORDING_FREEZE_H_

#include <cstdint>

#include "runtime/recording/exception.h"
#include "runtime/recording/thread_log.h"
#include "runtime/workspace/description.h"

namespace omnitrace::recording {

// In Site::flags, set at registration: the time of every call is compared with freeze=over:….
inline constexpr uint32_t kSiteWatched = 1u << 31;

// Whether freeze=over:FUNCTION:TIME names a function.
bool IsWatched(const Site& site);

enum class Trigger : uint8_t { kNone, kCall, kThrow, kOver };

// What the call with this token sets off, which is about to end, by `exception` or (null) without.
// To compare the exception's type, the C++ library demangles it, in memory from malloc.
Trigger FindTrigger(const ThreadLog& log, const Site& site, uint64_t token,
                    const Exception* exception);

// Ends the recording and turns all functions off.
void FreezeRecording(Trigger trigger);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_FREEZE_H_
