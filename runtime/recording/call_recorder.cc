#include "runtime/recording/call_recorder.h"

#include "runtime/recording/call_end.h"
#include "runtime/recording/call_entry.h"
#include "runtime/recording/call_judge.h"
#include "runtime/recording/exception.h"
#include "runtime/recording/freeze.h"
#include "runtime/recording/live_rules.h"
#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/registry.h"
#include "runtime/recording/session.h"
#include "runtime/recording/site_switch.h"
#include "runtime/recording/suppression.h"
#include "runtime/recording/system_calls.h"

// Not inlined: what it needs, the caller would save and restore at every call.
#define OMNITRACE_APART __attribute__((noinline))

namespace omnitrace::recording {
namespace {

// The log of threads that have none: every check of the short path fails on it.
OMNITRACE_CONSTINIT ThreadLog no_log = {};

bool IsInsideRecord(ThreadLog* log) { return log->IsInsideRecord() && !log->Recover(); }

uint64_t Drop(Session* session, DropReason reason) {
  session->file()->CountDrops(reason, 1);
  return 0;
}

// A call that found no place in the recording. Whatever it was denied, another thread may have
// stopped the recording before; of one that was frozen, or is over, nobody misses a call.
OMNITRACE_APART uint64_t LeaveOut(Session* session, DropReason reason) {
  Session::State state = session->state();
  bool stopped = state == Session::State::kStopped;
  if (!stopped && state != Session::State::kRecording) return 0;
  if (stopped) reason = DropReason::kSize;
  bool own = current_log->epoch == session->epoch();
  return own ? Drop(current_log, reason) : Drop(session, reason);
}

// Calls that nobody wants may be all that there is: they look around, too, now and then.
uint64_t LeaveUnwanted(ThreadLog* log) {
  constexpr uint32_t kLookEvery = 64;
  if (++log->unwanted % kLookEvery == 0 && MayFollowTools()) FollowTools();
  return 0;
}

uint64_t SuppressAt(ThreadLog* log, DropReason reason, const CallFrame& frame) {
  log->frames.Set(log->depth() + 1, frame);
  log->mark = 0;
  log->limit = nullptr;
  return Suppress(log, reason);
}

// A call is entered at `frame`: those that a jump has left end.
void EndVanished(ThreadLog* log, const CallFrame& frame) {
  uint32_t depth = log->innermost();
  if (log->frames.IsInside(frame, depth)) return;
  uint32_t left = log->frames.DepthAt(depth, frame);
  if (left == depth) return;
  RecordScope scope(log);
  log->suppressed = 0;
  if (left < log->depth()) PutUnwound(log, log->Now(), log->epoch | left);
}

// The log that a call with this token is open in; null when it ends none.
ThreadLog* LogOf(uint64_t token) {
  ThreadLog* log = current_log;
  bool mine = (token & kEpochMask) == log->epoch && log->epoch != 0;
  if (!mine || IsInsideRecord(log)) return nullptr;
  if ((token & kTokenSuppressed) != 0) {
    EndSuppressed(log, token);
    return nullptr;
  }
  return token <= log->standing.token ? log : nullptr;
}

// This thread's log in the present recording; null when its calls are not recorded.
ThreadLog* PresentLog(Session* session, Session::Purpose purpose) {
  ThreadLog* log = current_log;
  bool stays = purpose == Session::Purpose::kObservers || !session->is_observed();
  if (stays && log->epoch != 0 && log->epoch == session->epoch()) return log;
  log = session->OpenLog(GetCurrentLog(), purpose);
  if (log == nullptr) return nullptr;
  log->limit = log->NormalLimit();
  current_log = log;
  return log;
}

OMNITRACE_APART uint64_t EnterFromAnywhere(Site* site, const char* block, CallFrame frame);

// In a log that is ready for a record.
uint64_t EnterRegistered(ThreadLog* log, Site* site, const char* arguments, const CallFrame& frame,
                         uint16_t wanted_by) {
  EntryFit fit;
  {
    RecordScope scope(log);
    fit = PutEntry(log, *site, frame, arguments, wanted_by);
    if (fit == EntryFit::kWhole) log->hits.Add(frame.function);
  }
  if (fit == EntryFit::kWhole) return log->standing.token;
  if (fit == EntryFit::kTooLarge) return SuppressAt(log, DropReason::kTooLarge, frame);
  // Of another recording, which the look for room has found to be wanted, this is the first call.
  bool renewed = log->epoch != GetSession()->epoch();
  if (renewed) return EnterFromAnywhere(site, arguments, frame);
  return LeaveOut(GetSession(), DropReason::kSize);
}

// In a log of the present recording, whose innermost open call is the caller of this one, or what
// called that.
uint64_t EnterPresent(ThreadLog* log, Site* site, const char* arguments, const CallFrame& frame) {
  uint16_t wanted_by = kForAll;
  if (HaveRules()) wanted_by = JudgeCall(log, *site, frame.function, arguments);
  if (wanted_by == 0) return LeaveUnwanted(log);
  if (log->limits.any()) {
    uint32_t depth = log->depth(), caller = log->frames.FunctionAt(depth);
    DropReason reason = log->limits.Check(depth, caller, frame.function);
    if (reason == DropReason::kDepth) return Drop(log, reason);
    if (reason != DropReason::kNone) return SuppressAt(log, reason, frame);
  }
  return EnterRegistered(log, site, arguments, frame, wanted_by);
}

// The first call of a thread or of a function in this recording, one in a signal handler, one
// behind a jump, or one that there is no recording for.
uint64_t EnterFromAnywhere(Site* site, const char* block, CallFrame frame) {
  Session* session = GetSession();
  if (session == nullptr) return 0;
  // A call that has found its switch on is recorded, also when that is off by now: a probe's
  // program may have counted it.
  bool off = (LoadRegistration(site) & kRegistrationOff) != 0;
  FollowTools();
  if (off && (LoadRegistration(site) & kRegistrationOff) != 0) return 0;
  if (session->state() > Session::State::kRecording) return LeaveOut(session, DropReason::kSize);
  if (IsInsideRecord(current_log)) {
    // Nobody misses what a view calls.
    return current_log->adapter != 0 ? 0 : Drop(session, DropReason::kReentrant);
  }
  Session::Purpose purpose = IsOwn(*site) ? Session::Purpose::kOwn : Session::Purpose::kObservers;
  ThreadLog* log = PresentLog(session, purpose);
  if (log == nullptr) return LeaveOut(session, DropReason::kNoWindow);
  EndVanished(log, frame);
  if (log->suppressed != 0) return Drop(log, log->suppressed_reason);
  if ((LoadRegistration(site) & kEpochMask) != log->epoch && !session->Register(site)) {
    // Of functions that are described, the last calls go on to be kept.
    if (!session->keeps_last()) session->Stop();
    return LeaveOut(session, DropReason::kSize);
  }
  frame.function = static_cast<uint32_t>(LoadRegistration(site) & kRegistrationId);
  return EnterPresent(log, site, block, frame);
}

// What the short path and the limits leave.
OMNITRACE_APART uint64_t EnterBeside(Site* site, const char* block, const void* slot) {
  uint64_t registration = LoadRegistration(site);
  ThreadLog* log = current_log;
  CallFrame frame = CallFrame::At(slot, registration & kRegistrationId);
  bool present = log->epoch == present_epoch.load(std::memory_order_relaxed);
  present = present && !HaveToolsChanged();
  if (present && !log->IsInsideRecord() && log->frames.IsInside(frame, log->innermost())) {
    if (log->suppressed != 0) return Drop(log, log->suppressed_reason);
    bool known = IdIn(log->epoch, registration) - 1 < kRegistrationId;
    if (known) return EnterPresent(log, site, block, frame);
  }
  return EnterFromAnywhere(site, block, frame);
}

// The first call since a tool has turned the function on.
OMNITRACE_APART uint64_t EnterTurnedOn(Site* site, const void* arguments, const void* slot) {
  FollowSwitch(site);
  return EnterBeside(site, static_cast<const char*>(arguments), slot);
}

// Ends a call, or takes it back when it was too short, and freezes the recording when it is what
// the recording was made for.
void End(ThreadLog* log, Site* site, uint64_t token, const Ending& ending) {
  Trigger trigger = FindTrigger(*log, *site, token, ending.exception);
  bool limited = log->limits.least_ticks() != 0 && trigger == Trigger::kNone;
  if (limited && TakeBack(log, token)) {
    Drop(log, DropReason::kMinDuration);
    return;
  }
  EndCall(log, site, token, ending);
  if (trigger != Trigger::kNone) FreezeRecording(trigger);
}

OMNITRACE_APART void LeaveRecorded(Site* site, uint64_t token, const void* result,
                                   const char* arguments) {
  ThreadLog* log = LogOf(token);
  if (log != nullptr) End(log, site, token, {result, nullptr, arguments});
}

}  // namespace

__thread ThreadLog* current_log __attribute__((tls_model("initial-exec"))) = &no_log;

uint64_t EnterLate(Site* site, const void* arguments, const void* slot) {
  const char* block = static_cast<const char*>(arguments);
  if (!MayFollowTools()) return EnterBeside(site, block, slot);
  return EnterFromAnywhere(site, block, CallFrame::At(slot, 0));
}

void ForgetCurrentLog() { current_log = &no_log; }
ThreadLog* GetCurrentLog() { return current_log == &no_log ? nullptr : current_log; }

uint64_t AddDrops(ThreadLog* log, uint64_t token) {
  log->file->AddDrops(&log->drops);
  return token;
}

// Calls inside one that is left out, too deep, or without room in the file, are found here, by
// comparisons alone; EnterSpent has found others.
uint64_t EnterCarefully(Site* site, const void* arguments, const void* slot) {
  uint64_t registration = LoadRegistration(site);
  if ((registration & kRegistrationOff) != 0) {
    return IsSwitchedOn(*site) ? EnterTurnedOn(site, arguments, slot) : 0;
  }
  ThreadLog* log = current_log;
  uint64_t present = present_epoch.load(std::memory_order_relaxed);
  if (present == (log->epoch | kStoppedEpoch)) return Drop(log, DropReason::kSize);
  if (present == log->epoch && log->limit == nullptr && log->mark == 0) {
    const CallFrame* around = log->frames.Find(log->innermost());
    bool inside = around != nullptr && reinterpret_cast<uintptr_t>(slot) < around->slot;
    if (inside && log->suppressed != 0) return Drop(log, log->suppressed_reason);
    if (inside && log->limits.IsTooDeep(log->depth())) return Drop(log, DropReason::kDepth);
  }
  return EnterBeside(site, static_cast<const char*>(arguments), slot);
}

uint64_t InnermostToken(const Site* site) {
  const ThreadLog* log = current_log;
  uint64_t id = IdIn(log->epoch, LoadRegistration(site));
  if (log->epoch == 0 || id - 1 >= kRegistrationId) return 0;
  uint32_t depth = log->innermost();
  if (depth == 0 || log->frames.FunctionAt(depth) != id) return 0;
  return log->suppressed != 0 ? log->suppressed : log->standing.token;
}

void LeaveCarefully(Site* site, uint64_t token, const void* result) {
  if (!LeaveFar(current_log, *site, token, result)) LeaveChanged(site, token, result, nullptr);
}

void LeaveChanged(Site* site, uint64_t token, const void* result, const void* arguments) {
  if (EndSuppressed(current_log, token)) return;
  LeaveRecorded(site, token, result, static_cast<const char*>(arguments));
}

void Unwind(Site* site, uint64_t token, void* exception, const void* arguments) {
  ThreadLog* log = LogOf(token);
  if (log == nullptr) return;
  Exception thrown = DescribeException(exception);
  const char* block = static_cast<const char*>(arguments);
  End(log, site, token, {nullptr, &thrown, block});
}

}  // namespace omnitrace::recording
