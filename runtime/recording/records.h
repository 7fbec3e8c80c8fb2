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

// A record of an entry at `out`, up to its arguments; there must be room for it all.
class EnterRecord {
 public:
  EnterRecord(ThreadLog* log, char* out, uint64_t id, uint64_t now)
      : log_(log), before_(log->standing), elapsed_(log->Elapsed(now)) {
    arguments_ = PutVarint(PutHead(out, RecordKind::kEnter, id), elapsed_);
  }
  char* arguments() const { return arguments_; }
  // Returns the call's token.
  uint64_t Commit(char* end) {
    log_->Commit(end, {before_.token + 1, before_.ticks + elapsed_, before_.calls + 1});
    return before_.token + 1;
  }

 private:
  ThreadLog* const log_;
  const Standing before_;
  const uint64_t elapsed_;
  char* arguments_;
};

// A record of a return from a call of this block, up to its result; there must be room for it all.
class LeaveRecord {
 public:
  LeaveRecord(ThreadLog* log, RecordKind kind, uint64_t now)
      : log_(log), before_(log->standing), elapsed_(log->Elapsed(now)) {
    result_ = PutHead(log->cursor, kind, elapsed_);
  }
  char* result() const { return result_; }
  void Commit(char* end) {
    log_->Commit(end, {before_.token - 1, before_.ticks + elapsed_, before_.calls});
  }

 private:
  ThreadLog* const log_;
  const Standing before_;
  const uint64_t elapsed_;
  char* result_;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_RECORDS_H_
