// Leaving out a call with everything it calls. A limit that is hit costs little more than being
// off: what is here is comparisons, and it is in the hooks themselves.
#ifndef OMNITRACE_RUNTIME_RECORDING_SUPPRESSION_H_
#define OMNITRACE_RUNTIME_RECORDING_SUPPRESSION_H_

#include <cstdint>

#include "runtime/recording/registry.h"
#include "runtime/recording/session.h"
#include "runtime/recording/thread_log.h"

#define OMNITRACE_INLINE inline __attribute__((always_inline))

namespace omnitrace::recording {

// Adds what a log counted to the file's counts; returns `token`. Not inlined: what it needs, the
// caller would save and restore at every call.
__attribute__((noinline)) uint64_t AddDrops(ThreadLog* log, uint64_t token);

// In a log of the present recording. Returns `token`.
OMNITRACE_INLINE uint64_t Drop(ThreadLog* log, DropReason reason, uint64_t token = 0) {
  return __builtin_expect(log->drops.Add(reason), 0) ? AddDrops(log, token) : token;
}

// From the call on whose frame is remembered behind that of the innermost open one. Its token.
OMNITRACE_INLINE uint64_t Suppress(ThreadLog* log, DropReason reason) {
  uint64_t token = (log->standing.token + 1) | kTokenSuppressed;
  log->suppressed = token;
  log->suppressed_reason = reason;
  return Drop(log, reason, token);
}

// Whether a call with this token is the one that is left out; it ends then.
OMNITRACE_INLINE bool EndSuppressed(ThreadLog* log, uint64_t token) {
  if (token != log->suppressed || log->mark != 0) return false;
  log->suppressed = 0;
  log->limit = log->NormalLimit();
  return true;
}

// Whether a call is known, without a closer look, to be beyond calls=N or roots=1/N; then it is
// left out, and `token` is its own. `id` is what IdIn() says. Where there is a limit most calls are
// beyond it: each jump less is a third of a nanosecond.
OMNITRACE_INLINE bool EnterSpent(ThreadLog* log, uint64_t id, const void* slot, uint64_t* token) {
  CallFrame* around = log->around;
  if (around == nullptr) return false;
  bool inside = reinterpret_cast<uintptr_t>(slot) < around->slot;
  if (__builtin_expect(!inside || id - 1 >= kRegistrationId, 0)) return false;
  if (__builtin_expect(log->suppressed != 0, 0)) return false;
  uint64_t present = present_epoch.load(std::memory_order_relaxed);
  if (__builtin_expect(log->epoch != present, 0)) return false;
  DropReason reason = DropReason::kCallSite;
  if (__builtin_expect(log->limits.SkipsRoot(log->depth()), 0)) {
    reason = DropReason::kSampled;
  } else if (!log->limits.IsSpent(around->function, static_cast<uint32_t>(id))) {
    return false;
  }
  around[1] = CallFrame::At(slot, id);
  *token = Suppress(log, reason);
  return true;
}

// Whether it is the one that is left out by those; it ends then.
OMNITRACE_INLINE bool LeaveSpent(ThreadLog* log, uint64_t token) {
  if (token != log->suppressed || log->around == nullptr) return false;
  log->suppressed = 0;
  return true;
}

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_SUPPRESSION_H_
