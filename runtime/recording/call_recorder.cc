#include "runtime/recording/call_recorder.h"

#include "runtime/recording/encoder.h"
#include "runtime/recording/exception.h"
#include "runtime/recording/padded_varint.h"
#include "runtime/recording/records.h"
#include "runtime/recording/registry.h"
#include "runtime/recording/session.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// The log of threads that have none: every check of the short path fails on it.
OMNITRACE_CONSTINIT ThreadLog no_log = {};

// Numbers that are known only behind their place in the record.
constexpr size_t kSizeBytes = 2;
constexpr size_t kShortTicksBytes = 4;
constexpr size_t kLongTicksBytes = 8;
constexpr size_t kMostTypeName = 1024;
// Heads, times and lengths of any record together.
constexpr size_t kFixedBytes = 64;

ValueBudget Budget() { return {GetOptions().limits.value}; }

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

bool StartNextBlock(ThreadLog* log) {
  Session* session = GetSession();
  if (session->state() != Session::State::kRecording) {
    log->stopped = true;
    return false;
  }
  if (log->StartNextBlock(session->file(), GetOptions().limits.keep_last)) return true;
  session->Stop();
  return false;
}

// Makes room for a record of at most `bytes`.
bool MakeRoom(ThreadLog* log, size_t bytes) {
  if (log->cursor + bytes <= log->record_end()) return true;
  StartNextBlock(log);
  return log->cursor + bytes <= log->record_end();
}

char* RecordEnd(const ThreadLog& log, char* end) {
  return end - log.cursor > kMaxRecordSize ? log.cursor + kMaxRecordSize : end;
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
  Encoder encoder(values, end, log->scratch, Budget());
  bool fits = encoder.PutArguments(site, block);
  if (!fits) return accept_squeezed ? Fit::kNot : Fit::kSqueezed;
  if (encoder.squeezed() && !accept_squeezed) return Fit::kSqueezed;
  PutPaddedVarint(size_at, kSizeBytes, static_cast<uint64_t>(encoder.out() - values));
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

// The value of a return; false when there is no room.
bool PutResult(char** out, char* end, const ThreadLog& log, const Site& site, const void* result) {
  if (end - *out < static_cast<ptrdiff_t>(kMaxPlainSize + kFixedBytes)) return false;
  if ((site.flags & kFunctionSizedResult) == 0) {
    *out = PutSimpleResult(*out, site, result);
    return true;
  }
  char* values = *out + kSizeBytes;
  Encoder encoder(values, end, log.scratch, Budget());
  bool fits = result == nullptr || encoder.PutResult(*site.result, result);
  if (!fits || (encoder.squeezed() && !log.stopped)) return false;
  PutPaddedVarint(*out, kSizeBytes, static_cast<uint64_t>(encoder.out() - values));
  *out = encoder.out();
  return true;
}

char* PutText(char* out, std::string_view text) {
  out = PutVarint(out, text.size());
  CopyBytes(out, text.data(), text.size());
  return out + text.size();
}

// What ends a call: its result, or what was thrown.
struct Ending {
  bool thrown;
  const void* result;
  std::string_view type;
  std::string_view what;
};

bool PutEndingValue(char** out, char* end, const ThreadLog& log, const Site& site,
                    const Ending& ending) {
  if (!ending.thrown) return PutResult(out, end, log, site, ending.result);
  size_t bytes = kFixedBytes + ending.type.size() + ending.what.size();
  if (end - *out < static_cast<ptrdiff_t>(bytes)) return false;
  *out = PutText(PutText(*out, ending.type), ending.what);
  return true;
}

// Of the innermost open call, which this block has the entry of.
bool PutNearEnding(ThreadLog* log, uint64_t now, const Site& site, const Ending& ending) {
  RecordKind kind = ending.thrown ? RecordKind::kThrow : RecordKind::kLeave;
  LeaveRecord record(log, kind, now);
  char* out = record.result();
  if (!PutEndingValue(&out, RecordEnd(*log, log->record_end()), *log, site, ending)) return false;
  record.Commit(out);
  return true;
}

bool PutFarEnding(ThreadLog* log, uint64_t now, const Site& site, const Ending& ending) {
  OtherRecord kind = ending.thrown ? OtherRecord::kFarThrow : OtherRecord::kFarLeave;
  const Standing& before = log->standing;
  uint64_t elapsed = log->Elapsed(now);
  char* out = PutHead(log->cursor, RecordKind::kOther, static_cast<uint64_t>(kind));
  out = PutVarint(out, elapsed);
  char* size_at = out;
  char* body = out + kSizeBytes;
  out = PutVarint(body, LoadRegistration(&site) & kRegistrationId);
  if (!PutEndingValue(&out, RecordEnd(*log, log->record_end()), *log, site, ending)) return false;
  PutPaddedVarint(size_at, kSizeBytes, static_cast<uint64_t>(out - body));
  log->Commit(out, {before.token - 1, before.ticks + elapsed, before.calls});
  log->far_token = log->standing.token;
  return true;
}

bool PutEnding(ThreadLog* log, uint64_t now, const Site& site, const Ending& ending) {
  bool room = log->record_end() - log->cursor > static_cast<ptrdiff_t>(kFixedBytes);
  if (!room || log->full) return false;
  if (log->standing.token != log->far_token) return PutNearEnding(log, now, site, ending);
  // After a new recording was begun, the site's id is that of another file.
  bool known = (LoadRegistration(&site) & kEpochMask) == log->epoch;
  return known && PutFarEnding(log, now, site, ending);
}

// Frames above `token`'s call vanished without returning, by longjmp.
void PutUnwound(ThreadLog* log, uint64_t now, uint64_t token) {
  Standing behind = {token, log->standing.ticks, log->standing.calls};
  if (log->full || !MakeRoom(log, kFixedBytes)) {
    log->standing = behind;
  } else {
    uint64_t elapsed = log->Elapsed(now);
    behind.ticks += elapsed;
    auto kind = static_cast<uint64_t>(OtherRecord::kUnwound);
    char* out = PutVarint(PutHead(log->cursor, RecordKind::kOther, kind), elapsed);
    char body[kVarintSlack];
    size_t size = static_cast<size_t>(PutVarint(body, token & kTokenDepth) - body);
    log->Commit(PutText(out, std::string_view(body, size)), behind);
  }
  if (log->far_token > token) log->far_token = token;
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

void End(ThreadLog* log, const Site& site, uint64_t token, const Ending& ending) {
  uint64_t now = log->Now();
  RecordScope scope(log);
  // A call outside what is left out: the rest of that has vanished.
  if (log->suppressed > (token & kTokenDepth)) log->suppressed = 0;
  if (log->standing.token != token) PutUnwound(log, now, token);
  if (PutEnding(log, now, site, ending)) return;
  // Without space for a block there is still the window's reserve.
  StartNextBlock(log);
  if (PutEnding(log, now, site, ending)) return;
  // The call stays open in the file.
  log->full = true;
  --log->standing.token;
  if (log->far_token > log->standing.token) log->far_token = log->standing.token;
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
  uint64_t known = LoadRegistration(site) - current_log->epoch;
  if (known - 1 < kRegistrationId && current_log->cursor < current_log->limit) {
    CallFrame frame = CallFrame::At(slot, known);
    EndVanished(current_log, frame);
    return EnterRegistered(current_log, *site, block, frame);
  }
  if ((LoadRegistration(site) & kRegistrationOff) != 0) return 0;
  Session* session = GetSession();
  if (session == nullptr || session->state() >= Session::State::kFrozen) return 0;
  if (session->state() == Session::State::kStopped) return Drop(session, DropReason::kSize);
  if (IsInsideRecord(current_log)) return Drop(session, DropReason::kReentrant);
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
  uint64_t id = LoadRegistration(site) - log->epoch;
  if (log->epoch == 0 || id - 1 >= kRegistrationId) return 0;
  uint32_t depth = log->innermost();
  if (depth == 0 || log->frames.FunctionAt(depth) != id) return 0;
  return log->suppressed != 0 ? log->epoch | kTokenSuppressed | depth : log->standing.token;
}

void LeaveCarefully(const Site* site, uint64_t token, const void* result) {
  ThreadLog* log = LogOf(token);
  if (log != nullptr) End(log, *site, token, {false, result, {}, {}});
}

void Unwind(const Site* site, uint64_t token, void* exception) {
  ThreadLog* log = LogOf(token);
  if (log == nullptr) return;
  Exception thrown = DescribeException(exception);
  std::string_view type = thrown.type.substr(0, kMostTypeName);
  std::string_view what = thrown.what.substr(0, kMaxRecordSize / 4);
  if (what.size() > Budget().bytes) what = what.substr(0, Budget().bytes);
  End(log, *site, token, {true, nullptr, type, what});
}

}  // namespace omnitrace::recording
