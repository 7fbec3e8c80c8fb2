// The parts of records that the short path and the careful one share.
#ifndef OMNITRACE_RUNTIME_RECORDING_RECORDS_H_
#define OMNITRACE_RUNTIME_RECORDING_RECORDS_H_

#include <cstdint>

#include "runtime/recording/simple_value.h"
#include "runtime/recording/thread_log.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/description.h"
#include "runtime/workspace/format.h"

namespace omnitrace::recording {

inline char* PutHead(char* out, RecordKind kind, uint64_t rest) {
  return PutVarint(out, rest << 2 | static_cast<uint64_t>(kind));
}

inline char* PutSimpleArguments(char* out, const Site& site, const char* block) {
  const Parameter* end = site.parameters + site.parameter_count;
  for (const Parameter* parameter = site.parameters; parameter != end; ++parameter) {
    const char* slot = block + parameter->offset;
    if (parameter->type == nullptr) continue;
    if ((parameter->flags & kParameterIndirect) != 0) slot = Load<const char*>(slot);
    out = PutSimple(out, *parameter->type, slot, reinterpret_cast<uint64_t>(slot));
  }
  return out;
}

inline char* PutSimpleResult(char* out, const Site& site, const void* result) {
  // In front of a jump to another function (musttail) there is no result yet.
  static constexpr char kNone[kMaxPlainSize] = {};
  if (site.result == nullptr) return out;
  const char* bytes = result == nullptr ? kNone : static_cast<const char*>(result);
  return PutSimple(out, *site.result, bytes, reinterpret_cast<uint64_t>(result));
}

// An entry whose arguments need no encoder; there must be room.
inline uint64_t PutSimpleEnter(ThreadLog* log, const Site& site, uint64_t id, const char* block) {
  const Standing before = log->standing;
  uint64_t elapsed = log->Elapsed(log->Now());
  char* out = PutHead(log->cursor, RecordKind::kEnter, id);
  out = PutVarint(out, elapsed);
  out = PutSimpleArguments(out, site, block);
  log->Commit(out, {before.token + 1, before.ticks + elapsed, before.calls + 1});
  return before.token + 1;
}

// The return from a call of this block; there must be room.
inline void PutSimpleLeave(ThreadLog* log, const Site& site, const void* result) {
  const Standing before = log->standing;
  uint64_t elapsed = log->Elapsed(log->Now());
  char* out = PutHead(log->cursor, RecordKind::kLeave, elapsed);
  out = PutSimpleResult(out, site, result);
  log->Commit(out, {before.token - 1, before.ticks + elapsed, before.calls});
}

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_RECORDS_H_
