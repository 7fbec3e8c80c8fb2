#include "runtime/recording/call_recorder.h"

#include "runtime/recording/call_end.h"
#include "runtime/recording/encoder.h"
#include "runtime/recording/exception.h"
#include "runtime/recording/padded_varint.h"
#include "runtime/recording/record_room.h"
#include "runtime/recording/records.h"
#include "runtime/recording/registry.h"
#include "runtime/recording/session.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// The log of threads that have none: every check of the short path fails on it.
OMNITRACE_CONSTINIT ThreadLog no_log = {};

// Of a stamp that is known only behind its place in the record.
constexpr size_t kShortTicksBytes = 4;
constexpr size_t kLongTicksBytes = 8;
bool IsInsideRecord(ThreadLog* log) { return log->IsInsideRecord() && !log->Recover(); }

uint64_t Drop(Session* session, DropReason reason) {
  session->file()->CountDrops(reason, 1);
  return 0;
}

// Leaves out a call with everything it calls.
uint64_t Suppress(Session* session, ThreadLog* log, DropReason reason, const CallFrame& frame) {
  Drop(session, reason);
  log->frames.Set(log->depth() + 1, frame);
  log->suppressed = log->depth() + 1;
  log->suppressed_reason = reason;
  log->mark = 0;
  log->limit = nullptr;
  return log->epoch | kTokenSuppressed | log->suppressed;
}

// The limit that this call breaks, if any.
DropReason CheckLimits(Session* session, ThreadLog* log, uint32_t id) {
  const Limits& limits = GetOptions().limits;
  uint32_t depth = log->depth();
  if (limits.depth != 0 && depth >= limits.depth) return DropReason::kDepth;
  if (limits.roots != 0 && depth == 0 && log->roots++ % limits.roots != 0) {
    return DropReason::kSampled;
  }
  if (limits.calls == 0) return DropReason::kNone;
  bool over = session->call_counts()->Count(log->frames.FunctionAt(depth), id) > limits.calls;
  return over ? DropReason::kCallSite : DropReason::kNone;
}

// The stamp is taken behind the arguments, so that reading them is not part of the call.
class LateTicks {
 public:
  explicit LateTicks(ThreadLog* log)
      : log_(log),
        width_(log->Elapsed(log->Now()) <= MostOfPaddedVarint(kShortTicksBytes) / 2
                   ? kShortTicksBytes
                   : kLongTicksBytes) {}
  size_t width() const { return width_; }
  uint64_t Put(char* place) {
    uint64_t elapsed = log_->Elapsed(log_->Now());
    // The next record's stamp has the rest.
    if (elapsed > MostOfPaddedVarint(width_)) elapsed = MostOfPaddedVarint(width_);
    PutPaddedVarint(place, width_, elapsed);
    return elapsed;
  }

 private:
  ThreadLog* const log_;
  const size_t width_;
};

enum class Fit : uint8_t { kWhole, kSqueezed, kNot };

// `accept_squeezed`: there is no more room to be had.
Fit PutSizedEnter(ThreadLog* log, const Site& site, uint32_t id, const char* block,
                  bool accept_squeezed) {
  char* end = RecordEnd(*log, log->call_end());
  if (log->cursor + kFixedBytes > end) return Fit::kSqueezed;
  LateTicks ticks(log);
  char* ticks_at = PutHead(log->cursor, RecordKind::kEnter, id);
  char* size_at = ticks_at + ticks.width();
  char* values = size_at + kSizeBytes;
  Encoder encoder(values, end, *log, GetOptions().limits);
  bool fits = encoder.PutArguments(site, block);
  if (!fits) return accept_squeezed ? Fit::kNot : Fit::kSqueezed;
  if (encoder.squeezed() && !accept_squeezed) return Fit::kSqueezed;
  PutPaddedVarint(size_at, kSizeBytes, static_cast<uint64_t>(encoder.out() - values));
  log->frames.SetDigest(log->depth() + 1, encoder.digest());
  const Standing& before = log->standing;
  uint64_t elapsed = ticks.Put(ticks_at);
  log->Commit(encoder.out(), {before.token + 1, before.ticks + elapsed, before.calls + 1});
  return Fit::kWhole;
}

Fit PutEnter(ThreadLog* log, const Site& site, uint32_t id, const char* block) {
  if ((site.flags & kFunctionSizedArguments) == 0) {
    if (log->cursor >= log->call_end()) return Fit::kSqueezed;
    EnterRecord record(log, id, log->Now());
    record.Commit(PutSimpleArguments(record.arguments(), site, block));
    return Fit::kWhole;
  }
  return PutSizedEnter(log, site, id, block, log->cursor == log->window.payload());
}

// A call is entered at `frame`: those that a jump has left end.
void EndVanished(ThreadLog* log, const CallFrame& frame) {
  uint32_t depth = log->innermost();
  if (log->frames.IsInside(frame, depth)) return;
  uint32_t left = log->frames.DepthAt(depth, frame);
  if (left == depth) return;
  RecordScope scope(log);
  if (left < log->suppressed) log->suppressed = 0;
  if (left < log->depth()) PutUnwound(log, log->Now(), log->epoch | left);
}

// The log that a call with this token is open in; null when it ends none.
ThreadLog* LogOf(uint64_t token) {
  ThreadLog* log = current_log;
  bool mine = (token & kEpochMask) == log->epoch && log->epoch != 0;
  if (!mine || IsInsideRecord(log)) return nullptr;
  if ((token & kTokenSuppressed) != 0) {
    if (log->suppressed == (token & kTokenDepth)) log->suppressed = 0;
    log->limit = log->NormalLimit();
    return nullptr;
  }
  return token <= log->standing.token ? log : nullptr;
}

// This thread's log in the present recording; null when its calls are not recorded.
ThreadLog* PresentLog(Session* session) {
  ThreadLog* log = current_log;
  if (log->epoch != 0 && log->epoch == session->epoch()) return log;
  log = session->OpenLog(GetCurrentLog());
  if (log == nullptr) return nullptr;
  log->limit = log->NormalLimit();
  current_log = log;
  return log;
}

// In a log that is ready for a record.
uint64_t EnterRegistered(ThreadLog* log, const Site& site, const char* arguments,
                         const CallFrame& frame) {
  Fit fit;
  {
    RecordScope scope(log);
    // Before the call counts: a signal handler's calls are compared with it.
    log->frames.Set(log->depth() + 1, frame);
    fit = PutEnter(log, site, frame.function, arguments);
    if (fit == Fit::kSqueezed) {
      fit = StartNextBlock(log) ? PutEnter(log, site, frame.function, arguments) : Fit::kSqueezed;
    }
  }
  if (fit == Fit::kWhole) return log->standing.token;
  if (fit == Fit::kNot) return Suppress(GetSession(), log, DropReason::kTooLarge, frame);
  return Drop(GetSession(), DropReason::kSize);
}

}  // namespace

__thread ThreadLog* current_log __attribute__((tls_model("initial-exec"))) = &no_log;

void ForgetCurrentLog() { current_log = &no_log; }
ThreadLog* GetCurrentLog() { return current_log == &no_log ? nullptr : current_log; }

uint64_t EnterCarefully(Site* site, const void* arguments, const void* slot) {
  const char* block = static_cast<const char*>(arguments);
  uint64_t known = IdIn(current_log->epoch, LoadRegistration(site));
  if (known - 1 < kRegistrationId && current_log->cursor < current_log->limit) {
    CallFrame frame = CallFrame::At(slot, known);
    EndVanished(current_log, frame);
    return EnterRegistered(current_log, *site, block, frame);
  }
  if ((LoadRegistration(site) & kRegistrationOff) != 0) return 0;
  Session* session = GetSession();
  if (session == nullptr || session->state() >= Session::State::kFrozen) return 0;
  if (session->state() == Session::State::kStopped) return Drop(session, DropReason::kSize);
  if (IsInsideRecord(current_log)) {
    // Nobody misses what a view calls.
    return current_log->adapter != 0 ? 0 : Drop(session, DropReason::kReentrant);
  }
  ThreadLog* log = PresentLog(session);
  if (log == nullptr) {
    bool file = session->state() == Session::State::kRecording;
    return file ? Drop(session, DropReason::kNoWindow) : 0;
  }
  CallFrame frame = CallFrame::At(slot, LoadRegistration(site) & kRegistrationId);
  EndVanished(log, frame);
  if (log->suppressed != 0) return Drop(session, log->suppressed_reason);
  if ((LoadRegistration(site) & kEpochMask) != log->epoch && !session->Register(site)) {
    session->Stop();
    return Drop(session, DropReason::kSize);
  }
  uint32_t id = static_cast<uint32_t>(LoadRegistration(site) & kRegistrationId);
  frame.function = id;
  DropReason reason = CheckLimits(session, log, id);
  if (reason == DropReason::kDepth) return Drop(session, reason);
  if (reason != DropReason::kNone) return Suppress(session, log, reason, frame);
  return EnterRegistered(log, *site, block, frame);
}

uint64_t InnermostToken(const Site* site) {
  const ThreadLog* log = current_log;
  uint64_t id = IdIn(log->epoch, LoadRegistration(site));
  if (log->epoch == 0 || id - 1 >= kRegistrationId) return 0;
  uint32_t depth = log->innermost();
  if (depth == 0 || log->frames.FunctionAt(depth) != id) return 0;
  return log->suppressed != 0 ? log->epoch | kTokenSuppressed | depth : log->standing.token;
}

void LeaveCarefully(Site* site, uint64_t token, const void* result) {
  LeaveChanged(site, token, result, nullptr);
}

void LeaveChanged(Site* site, uint64_t token, const void* result, const void* arguments) {
  ThreadLog* log = LogOf(token);
  const char* block = static_cast<const char*>(arguments);
  if (log != nullptr) EndCall(log, site, token, {result, nullptr, block});
}

void Unwind(Site* site, uint64_t token, void* exception, const void* arguments) {
  ThreadLog* log = LogOf(token);
  if (log == nullptr) return;
  Exception thrown = DescribeException(exception);
  const char* block = static_cast<const char*>(arguments);
  EndCall(log, site, token, {nullptr, &thrown, block});
}

}  // namespace omnitrace::recording
