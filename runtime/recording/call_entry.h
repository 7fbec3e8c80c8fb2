// Records that a call is entered, and with what arguments.
#ifndef OMNITRACE_RUNTIME_RECORDING_CALL_ENTRY_H_
#define OMNITRACE_RUNTIME_RECORDING_CALL_ENTRY_H_

#include <cstdint>

#include "runtime/recording/call_frames.h"
#include "runtime/recording/thread_log.h"
#include "runtime/workspace/description.h"

namespace omnitrace::recording {

enum class EntryFit : uint8_t {
  kWhole,     // the call is open
  kNoRoom,    // there is no space for another block
  kTooLarge,  // for any block
};

// In a log that is marked as in a record (RecordScope). Begins another block when the arguments,
// as far as their limits go, don't fit into what is left of this one. `wanted_by` is what JudgeCall
// says.
EntryFit PutEntry(ThreadLog* log, const Site& site, const CallFrame& frame, const char* arguments,
                  uint16_t wanted_by);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_CALL_ENTRY_H_
