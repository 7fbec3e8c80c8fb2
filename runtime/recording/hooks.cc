// The hooks that traced code calls. The short path is here: a function whose arguments are simple,
// in a thread whose window has room, with no limits to check. Everything else is call_recorder's.
#include <initializer_list>

#include "runtime/recording/call_recorder.h"
#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/padded_varint.h"
#include "runtime/recording/probes.h"
#include "runtime/recording/records.h"
#include "runtime/recording/registry.h"
#include "runtime/recording/suppression.h"
#include "runtime/recording/value_code.h"

#define OMNITRACE_HOOK extern "C" __attribute__((visibility("default")))

namespace omnitrace::recording {
namespace {

// RecordScope in fewer instructions: behind the record the mark means nothing, as there is a limit.
inline __attribute__((always_inline)) void BeginRecord(ThreadLog* log) {
  log->mark = StackAddress();
  log->limit = nullptr;
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
}
inline void EndRecord(ThreadLog* log, char* limit) {
  __atomic_signal_fence(__ATOMIC_SEQ_CST);
  log->limit = limit;
}

inline __attribute__((always_inline)) char* PutShortTicks(char* out, uint64_t ticks) {
  uint64_t word = ticks << 2 | 2;
  __builtin_memcpy(out, &word, sizeof(word));
  return out + 2;
}

// Of two bytes where it can be. A length computed from the time stamp would make everything behind
// it wait for that; a branch is guessed, and the rest of the record is made meanwhile.
inline __attribute__((always_inline)) char* PutTicks(char* out, uint64_t ticks) {
  if (__builtin_expect(ticks > MostOfPaddedVarint(2), 0)) return PutVarint(out, ticks);
  return PutShortTicks(out, ticks);
}

}  // namespace

// No call is on the short paths: nothing has to survive one. Every instruction was weighed: beside
// two time stamps, which take 19 ns, some 100 instructions cost nothing, and each 100 more 8 ns.
OMNITRACE_HOOK uint64_t omnitrace_enter(Site* site, const void* arguments, const void* slot) {
  ThreadLog* log = current_log;
  uint64_t id = LoadRegistration(site) - log->epoch;
  char* limit = log->limit;
  bool known = __builtin_expect(id - 1 < kRegistrationId, 1);
  if (!known || __builtin_expect(log->cursor >= limit, 0)) {
    uint64_t token;
    if (EnterSpent(log, id & ~kRegistrationLong, slot, &token)) return token;
    return EnterCarefully(site, arguments, slot);
  }
  CallFrame frame = CallFrame::At(slot, id);
  CallFrame* caller = log->frames.Find(log->depth());
  if (caller == nullptr || !frame.IsInside(*caller)) return EnterCarefully(site, arguments, slot);
  BeginRecord(log);
  // Read here: a signal handler's calls may have come before.
  char* out = log->cursor;
  caller[1] = frame;
  uint64_t elapsed = log->Elapsed(ReadTicks(ClockKind::kTsc));
  // Some 6 us: threads that record more often begin a block before long.
  if (__builtin_expect(elapsed > MostOfPaddedVarint(2), 0)) {
    EndRecord(log, limit);
    return EnterLate(site, arguments, slot);
  }
  uint64_t ticks = log->standing.ticks + elapsed;
  uint64_t head = site->head;
  __builtin_memcpy(out, &head, sizeof(head));
  out = PutShortTicks(out + (head >> kHeadSize), elapsed);
  const char* block = static_cast<const char*>(arguments);
  for (uint64_t codes = site->codes; codes != 0; codes >>= 8, block += 8) {
    out = PutCoded(out, static_cast<uint8_t>(codes), block);
  }
  uint64_t token = log->standing.token + 1;
  log->hits.Add(static_cast<uint32_t>(id));
  log->Commit(out, {token, ticks, log->standing.calls + 1});
  EndRecord(log, limit);
  return token;
}

OMNITRACE_HOOK void omnitrace_leave(Site* site, uint64_t token, const void* result) {
  if (token == 0) return;
  ThreadLog* log = current_log;
  char* limit = log->limit;
  bool near = __builtin_expect(token == log->standing.token && token != log->far_token, 1);
  if (!near || __builtin_expect(log->cursor >= limit, 0)) {
    if (LeaveSpent(log, token)) return;
    return LeaveCarefully(site, token, result);
  }
  auto code = static_cast<uint8_t>(site->head >> kHeadResult);
  bool whole = code == kCodeNone || (code != 0 && result != nullptr);
  if (__builtin_expect(!whole, 0)) return LeaveCarefully(site, token, result);
  BeginRecord(log);
  // A signal handler's calls, between the check and here, may have begun another block. Then the
  // call's entry is in an earlier one, and a short return would end nothing.
  if (__builtin_expect(token == log->far_token, 0)) {
    EndRecord(log, log->NormalLimit());
    return LeaveCarefully(site, token, result);
  }
  char* out = log->cursor;
  uint64_t elapsed = log->Elapsed(ReadTicks(ClockKind::kTsc));
  uint64_t ticks = log->standing.ticks + elapsed;
  out = PutTicks(out, elapsed << 2 | static_cast<uint64_t>(RecordKind::kLeave));
  if (code != kCodeNone) out = PutCoded(out, code, static_cast<const char*>(result));
  log->Commit(out, {token - 1, ticks, log->standing.calls});
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
                                   const DynamicClass* classes_end, const int32_t* inlined,
                                   const int32_t* inlined_end, uint8_t* switches,
                                   uint8_t* switches_end, uint8_t* behind_switches) {
  Object object = {{sites, sites_end}, {classes, classes_end}, {inlined, inlined_end}, {}};
  object.switches.first = switches;
  object.switches.last = switches_end;
  object.switches.behind = behind_switches;
  LoadObject(abi_version, object, mode != 0);
}

OMNITRACE_HOOK void omnitrace_unload(Site* const* sites, Site* const* sites_end) {
  UnloadObject({sites, sites_end});
}

OMNITRACE_HOOK void omnitrace_load_probe(uint32_t abi_version, Probe* probe) {
  LoadProbe(abi_version, probe);
}

OMNITRACE_HOOK void omnitrace_unload_probe(Probe* probe) { UnloadProbe(probe); }

OMNITRACE_HOOK void omnitrace_fire_probe(Probe* probe, const void* arguments) {
  const char* slot = static_cast<const char*>(__builtin_frame_address(0)) + sizeof(void*);
  uint64_t token = omnitrace_enter(&probe->site, arguments, slot);
  omnitrace_leave(&probe->site, token, nullptr);
}

}  // namespace omnitrace::recording
