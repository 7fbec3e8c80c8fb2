// The hooks that traced code calls. The short path is here: a function whose arguments are simple,
// in a thread whose window has room, with no limits to check. Everything else is call_recorder's.
#include "runtime/recording/call_recorder.h"
#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/records.h"
#include "runtime/recording/registry.h"

#define OMNITRACE_HOOK extern "C" __attribute__((visibility("default")))

namespace omnitrace::recording {
namespace {

// One check for many cases: no log yet, a forked child, another recording, a window that is full, a
// record being written on this thread, limits.
inline bool IsReady(const ThreadLog& log) { return __builtin_expect(log.cursor < log.limit, 1); }

}  // namespace

OMNITRACE_HOOK uint64_t omnitrace_enter(Site* site, const void* arguments) {
  ThreadLog* log = current_log;
  const char* block = static_cast<const char*>(arguments);
  // Beyond all ids when the site is off, not registered, or of another recording.
  uint64_t id = LoadRegistration(site) - log->epoch;
  bool known = __builtin_expect(id - 1 < kRegistrationId, 1);
  if (!known || !IsReady(*log)) return EnterCarefully(site, arguments);
  if ((site->flags & kFunctionSizedArguments) != 0) {
    return EnterSized(log, site, static_cast<uint32_t>(id), block);
  }
  char* limit = log->limit;
  log->limit = RecordMark();
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  uint64_t token = PutSimpleEnter(log, *site, id, block);
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  log->limit = limit;
  return token;
}

OMNITRACE_HOOK void omnitrace_leave(Site* site, uint64_t token, const void* result) {
  if (token == 0) return;
  ThreadLog* log = current_log;
  bool near = __builtin_expect(token == log->standing.token && token != log->far_token, 1);
  bool simple = (site->flags & kFunctionSizedResult) == 0;
  if (!near || !simple || !IsReady(*log)) return LeaveCarefully(site, token, result);
  char* limit = log->limit;
  log->limit = RecordMark();
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  PutSimpleLeave(log, *site, result);
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  log->limit = limit;
}

OMNITRACE_HOOK void omnitrace_unwind(Site* site, uint64_t token, void* exception) {
  if (token != 0) Unwind(site, token, exception);
}

OMNITRACE_HOOK void omnitrace_load(uint32_t abi_version, Site* const* sites, Site* const* sites_end,
                                   uint32_t mode) {
  LoadObject(abi_version, {sites, sites_end}, mode != 0);
}

OMNITRACE_HOOK void omnitrace_unload(Site* const* sites, Site* const* sites_end) {
  UnloadObject({sites, sites_end});
}

}  // namespace omnitrace::recording
