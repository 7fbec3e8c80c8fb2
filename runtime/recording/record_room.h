// Room for records in a thread's window, and how much of it values may take.
#ifndef OMNITRACE_RUNTIME_RECORDING_RECORD_ROOM_H_
#define OMNITRACE_RUNTIME_RECORDING_RECORD_ROOM_H_

#include <cstddef>

#include "runtime/recording/encoder.h"
#include "runtime/recording/thread_log.h"

namespace omnitrace::recording {

// A length that is known only behind its place in the record.
inline constexpr size_t kSizeBytes = 2;
// Heads, times and lengths of any record together.
inline constexpr size_t kFixedBytes = 64;

// False when there is no space for another block.
bool StartNextBlock(ThreadLog* log);

// Makes room for a record of at most `bytes`.
bool MakeRoom(ThreadLog* log, size_t bytes);

// Where a record must end that may go on to `end`: none is longer than kMaxRecordSize.
inline char* RecordEnd(const ThreadLog& log, char* end) {
  return end - log.cursor > kMaxRecordSize ? log.cursor + kMaxRecordSize : end;
}

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_RECORD_ROOM_H_
