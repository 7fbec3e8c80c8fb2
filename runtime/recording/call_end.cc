#include "runtime/recording/call_end.h"

#include "runtime/recording/copy.h"
#include "runtime/recording/encoder.h"
#include "runtime/recording/freeze.h"
#include "runtime/recording/padded_varint.h"
#include "runtime/recording/process_options.h"
#include "runtime/recording/record_room.h"
#include "runtime/recording/records.h"
#include "runtime/recording/registry.h"
#include "runtime/recording/session.h"

namespace omnitrace::recording {
namespace {

constexpr size_t kMostTypeName = 1024;
// Copies by the kernel, of about a microsecond each.
constexpr int kMostReadsAtEnd = 8;
constexpr uint64_t kLaterLooks = 256;

// The value of a return; false when there is no room.
bool PutResult(char** out, char* end, const ThreadLog& log, const Site& site, const void* result) {
  if (end - *out < static_cast<ptrdiff_t>(kMaxPlainSize + kFixedBytes)) return false;
  if ((site.flags & kFunctionSizedResult) == 0) {
    *out = PutSimpleResult(*out, site, result);
    return true;
  }
  char* values = *out + kSizeBytes;
  Encoder encoder(values, end, log, GetOptions().limits);
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

bool PutEndingValue(char** out, char* end, const ThreadLog& log, const Site& site,
                    const Ending& ending) {
  if (ending.exception == nullptr) return PutResult(out, end, log, site, ending.result);
  std::string_view type = ending.exception->type.substr(0, kMostTypeName);
  uint64_t value = GetOptions().limits.value;
  size_t most = value < kMaxRecordSize / 4 ? value : kMaxRecordSize / 4;
  std::string_view what = ending.exception->what.substr(0, most);
  if (end - *out < static_cast<ptrdiff_t>(kFixedBytes + type.size() + what.size())) return false;
  *out = PutText(PutText(*out, type), what);
  return true;
}

// Of the innermost open call, which this block has the entry of.
bool PutNearEnding(ThreadLog* log, uint64_t now, const Site& site, const Ending& ending) {
  RecordKind kind = ending.exception != nullptr ? RecordKind::kThrow : RecordKind::kLeave;
  LeaveRecord record(log, kind, now);
  char* out = record.result();
  if (!PutEndingValue(&out, RecordEnd(*log, log->record_end()), *log, site, ending)) return false;
  record.Commit(out);
  return true;
}

// A record of another kind, up to its values; there must be room for kFixedBytes.
class OtherRecordWriter {
 public:
  OtherRecordWriter(ThreadLog* log, OtherRecord kind, uint64_t now, uint64_t id)
      : log_(log), before_(log->standing), elapsed_(log->Elapsed(now)) {
    size_at_ =
        PutVarint(PutHead(log->cursor, RecordKind::kOther, static_cast<uint64_t>(kind)), elapsed_);
    values_ = PutVarint(size_at_ + kSizeBytes, id);
  }
  char* values() const { return values_; }
  // With the token of what is open behind it.
  void Commit(char* end, uint64_t token) {
    PutPaddedVarint(size_at_, kSizeBytes, static_cast<uint64_t>(end - size_at_) - kSizeBytes);
    log_->Commit(end, {token, before_.ticks + elapsed_, before_.calls});
  }

 private:
  ThreadLog* const log_;
  const Standing before_;
  const uint64_t elapsed_;
  char* size_at_;
  char* values_;
};

uint64_t IdOf(const Site& site) { return LoadRegistration(&site) & kRegistrationId; }

bool PutFarEnding(ThreadLog* log, uint64_t now, const Site& site, const Ending& ending) {
  OtherRecord kind = ending.exception != nullptr ? OtherRecord::kFarThrow : OtherRecord::kFarLeave;
  OtherRecordWriter record(log, kind, now, IdOf(site));
  char* out = record.values();
  if (!PutEndingValue(&out, RecordEnd(*log, log->record_end()), *log, site, ending)) return false;
  record.Commit(out, log->standing.token - 1);
  log->far_token = log->standing.token;
  return true;
}

bool IsOfThisRecording(const ThreadLog& log, const Site& site) {
  // After a new recording was begun, the site's id is that of another file.
  return (LoadRegistration(&site) & kEpochMask) == log.epoch;
}

bool PutEnding(ThreadLog* log, uint64_t now, const Site& site, const Ending& ending) {
  bool room = log->record_end() - log->cursor > static_cast<ptrdiff_t>(kFixedBytes);
  if (!room || log->full) return false;
  if (log->standing.token != log->far_token) return PutNearEnding(log, now, site, ending);
  return IsOfThisRecording(*log, site) && PutFarEnding(log, now, site, ending);
}

// False when another block has more room.
bool TryPutChanged(ThreadLog* log, uint64_t now, const Site& site, const Ending& ending) {
  char* end = RecordEnd(*log, log->call_end());
  if (log->cursor + kFixedBytes > end) return false;
  uint64_t before = log->frames.DigestAt(log->depth());
  if (before == Encoder::kNoDigest) return true;
  OtherRecordWriter record(log, OtherRecord::kChanged, now, IdOf(site));
  Encoder encoder(record.values(), end, *log, GetOptions().limits, kMostReadsAtEnd);
  bool fits = encoder.PutChanged(site, ending.arguments, ending.exception != nullptr);
  if (encoder.squeezed() && !log->IsBlockEmpty()) return false;
  if (!fits || encoder.digest() == before) return true;
  record.Commit(encoder.out(), log->standing.token);
  return true;
}

// The fields of what is thrown. As TryPutChanged.
bool TryPutThrown(ThreadLog* log, uint64_t now, const Exception& exception) {
  char* end = RecordEnd(*log, log->call_end());
  if (log->cursor + kFixedBytes > end) return false;
  uint32_t id = GetSession()->RegisterType(exception.object_type);
  if (id == 0) return true;
  OtherRecordWriter record(log, OtherRecord::kThrown, now, id);
  Encoder encoder(record.values(), end, *log, GetOptions().limits);
  bool fits = encoder.PutResult(*exception.object_type, exception.object);
  if (encoder.squeezed() && !log->IsBlockEmpty()) return false;
  if (fits) record.Commit(encoder.out(), log->standing.token);
  return true;
}

// What a call refers to may be gone when it ends: then every piece of it is read through the
// kernel. For the 44 million calls of a JSON parser that took 118 s of processor time instead of
// 14, and filled 4 GiB; so functions that are called so often are looked at now and then.
bool IsWorthALook(Site* site) {
  uint64_t most = GetOptions().limits.changed;
  if (most == 0) return false;
  if ((site->flags & (kFunctionKeeps | kFunctionConstructor)) != 0) return true;
  // Threads may count one call for two: that is cheaper than a locked instruction for each.
  uint64_t look = __atomic_load_n(&site->looks, __ATOMIC_RELAXED);
  __atomic_store_n(&site->looks, look + 1, __ATOMIC_RELAXED);
  return look < most || look % kLaterLooks == 0;
}

// What is known of a call's end besides the end itself. Readers look for all of it in one block.
class Findings {
 public:
  Findings(ThreadLog* log, uint64_t now, Site* site, const Ending& ending)
      : log_(log), now_(now), site_(*site), ending_(ending) {
    changed_ = ending.arguments != nullptr && IsWorthALook(site);
    thrown_ = ending.exception != nullptr && ending.exception->object_type != nullptr;
  }

  void Put() {
    if (!changed_ && !thrown_) return;
    if (log_->full || log_->stopped || !IsOfThisRecording(*log_, site_)) return;
    if (!TryPut() && StartNextBlock(log_)) TryPut();
  }

 private:
  bool TryPut() {
    return (!changed_ || TryPutChanged(log_, now_, site_, ending_)) &&
           (!thrown_ || TryPutThrown(log_, now_, *ending_.exception));
  }

  ThreadLog* const log_;
  const uint64_t now_;
  const Site& site_;
  const Ending& ending_;
  bool changed_, thrown_;
};

}  // namespace

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

// What it called was shorter and is taken back by now, or else it is not short. Readers of a live
// window see by its `calls`, which nothing else uses before it is sealed, that they must read
// again.
bool TakeBack(ThreadLog* log, uint64_t token) {
  if (log->standing.token != token || token == log->far_token) return false;
  const EntryMark* mark = log->frames.MarkAt(log->depth());
  if (mark == nullptr || mark->end != log->cursor) return false;
  if (log->Elapsed(log->Now()) >= log->limits.least_ticks()) return false;
  RecordScope scope(log);
  __atomic_store_n(&log->block->calls, log->block->calls + 1, __ATOMIC_RELEASE);
  log->hits.TakeBack(log->frames.FunctionAt(log->depth()));
  log->Commit(mark->start, {token - 1, mark->ticks_before, log->standing.calls - 1});
  return true;
}

bool LeaveFar(ThreadLog* log, const Site& site, uint64_t token, const void* result) {
  bool innermost = token == log->standing.token && token == log->far_token;
  bool plain = (site.flags & (kFunctionSizedResult | kSiteWatched)) == 0;
  if (!innermost || !plain || log->cursor >= log->limit || !IsOfThisRecording(*log, site))
    return false;
  RecordScope scope(log);
  OtherRecordWriter record(log, OtherRecord::kFarLeave, log->Now(), IdOf(site));
  record.Commit(PutSimpleResult(record.values(), site, result), token - 1);
  log->far_token = log->standing.token;
  return true;
}

void EndCall(ThreadLog* log, Site* site, uint64_t token, const Ending& ending) {
  uint64_t now = log->Now();
  Findings findings(log, now, site, ending);
  RecordScope scope(log);
  // A call outside what is left out: the rest of that has vanished.
  if (log->innermost() > (token & kTokenDepth)) log->suppressed = 0;
  if (log->standing.token != token) PutUnwound(log, now, token);
  findings.Put();
  if (PutEnding(log, now, *site, ending)) return;
  // Without space for a block there is still the window's reserve.
  bool is_new = StartNextBlock(log);
  if (is_new) findings.Put();
  if (PutEnding(log, now, *site, ending)) return;
  // The call stays open in the file.
  log->full = true;
  --log->standing.token;
  if (log->far_token > log->standing.token) log->far_token = log->standing.token;
}

}  // namespace omnitrace::recording
