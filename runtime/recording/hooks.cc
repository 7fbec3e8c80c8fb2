// The hooks that traced code calls. The short path is here: a function whose arguments are simple,
// in a thread whose window has room, with no limits to check. Everything else is call_recorder's.
#include <initializer_list>

#include "runtime/recording/call_recorder.h"
#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/records.h"
#include "runtime/recording/registry.h"

#define OMNITRACE_HOOK extern "C" __attribute__((visibility("default")))

namespace omnitrace::recording {
namespace {

// One check for many cases: no log yet, a forked child, another recording, a window that is full, a
// record being written on this thread, limits, another clock.
inline bool IsReady(const ThreadLog& log) { return __builtin_expect(log.cursor < log.limit, 1); }

// RecordScope in fewer instructions: behind the record the mark means nothing, as there is a limit.
inline __attribute__((always_inline)) void BeginRecord(ThreadLog* log) {
  log->mark = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  log->limit = nullptr;
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
}
inline void EndRecord(ThreadLog* log, char* limit) {
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  log->limit = limit;
}

}  // namespace

// No call is on the short paths: nothing has to survive one.
OMNITRACE_HOOK uint64_t omnitrace_enter(Site* site, const void* arguments, const void* slot) {
  ThreadLog* log = current_log;
  // Beyond all ids when the site is off, not registered, or of another recording.
  uint64_t id = LoadRegistration(site) - log->epoch;
  bool known = __builtin_expect(id - 1 < kRegistrationId, 1);
  bool coded = (site->flags & kSiteCodedArguments) != 0;
  if (!known || !coded || !IsReady(*log)) return EnterCarefully(site, arguments, slot);
  CallFrame frame = CallFrame::At(slot, id);
  if (!log->frames.IsInside(frame, log->depth())) return EnterCarefully(site, arguments, slot);
  char* limit = log->limit;
  BeginRecord(log);
  log->frames.Set(log->depth() + 1, frame);
  EnterRecord record(log, id, ReadTicks(ClockKind::kTsc));
  const char* block = static_cast<const char*>(arguments);
  uint64_t token = record.Commit(PutCodedArguments(record.arguments(), *site, block));
  EndRecord(log, limit);
  return token;
}

OMNITRACE_HOOK void omnitrace_leave(Site* site, uint64_t token, const void* result) {
  if (token == 0) return;
  ThreadLog* log = current_log;
  bool near = __builtin_expect(token == log->standing.token && token != log->far_token, 1);
  bool coded = (site->flags & kSiteCodedResult) != 0;
  bool whole = site->result == nullptr || result != nullptr;
  if (!near || !coded || !whole || !IsReady(*log)) return LeaveCarefully(site, token, result);
  char* limit = log->limit;
  BeginRecord(log);
  // A signal handler's calls, between the check and here, may have begun another block. Then the
  // call's entry is in an earlier one, and a short return would end nothing.
  if (__builtin_expect(token == log->far_token, 0)) {
    EndRecord(log, log->NormalLimit());
    return LeaveCarefully(site, token, result);
  }
  LeaveRecord record(log, RecordKind::kLeave, ReadTicks(ClockKind::kTsc));
  char* end = record.result();
  if (site->result != nullptr) {
    end = PutCoded(end, site->result->code, static_cast<const char*>(result));
  }
  record.Commit(end);
  EndRecord(log, limit);
}

OMNITRACE_HOOK void omnitrace_leave_changed(Site* site, uint64_t token, const void* result,
                                            const void* arguments) {
  if (token != 0) LeaveChanged(site, token, result, arguments);
}

OMNITRACE_HOOK void omnitrace_unwind(Site* site, uint64_t token, void* exception,
                                     const void* arguments) {
  if (token != 0) Unwind(site, token, exception, arguments);
}

OMNITRACE_HOOK void omnitrace_unwind_activation(Site* called, Site* resumed, Site* destroyed,
                                                void* exception) {
  for (Site* site : {called, resumed, destroyed}) {
    uint64_t token = InnermostToken(site);
    if (token != 0) return Unwind(site, token, exception, nullptr);
  }
}

OMNITRACE_HOOK void omnitrace_load(uint32_t abi_version, Site* const* sites, Site* const* sites_end,
                                   uint32_t mode, const DynamicClass* classes,
                                   const DynamicClass* classes_end) {
  LoadObject(abi_version, {sites, sites_end}, {classes, classes_end}, mode != 0);
}

OMNITRACE_HOOK void omnitrace_unload(Site* const* sites, Site* const* sites_end) {
  UnloadObject({sites, sites_end});
}

}  // namespace omnitrace::recording
