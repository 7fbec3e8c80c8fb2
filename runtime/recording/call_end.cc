#include "runtime/recording/call_end.h"

#include "runtime/recording/copy.h"
#include "runtime/recording/encoder.h"
#include "runtime/recording/padded_varint.h"
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
  Encoder encoder(values, end, log, Budget());
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
  if (!ending.thrown) return PutResult(out, end, log, site, ending.result);
  std::string_view type = ending.type.substr(0, kMostTypeName);
  size_t most = Budget().bytes < kMaxRecordSize / 4 ? Budget().bytes : kMaxRecordSize / 4;
  std::string_view what = ending.what.substr(0, most);
  if (end - *out < static_cast<ptrdiff_t>(kFixedBytes + type.size() + what.size())) return false;
  *out = PutText(PutText(*out, type), what);
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
  const Standing& before = log->standing;
  uint64_t elapsed = log->Elapsed(now);
  auto kind = static_cast<uint64_t>(OtherRecord::kChanged);
  char* size_at = PutVarint(PutHead(log->cursor, RecordKind::kOther, kind), elapsed);
  char* body = size_at + kSizeBytes;
  char* values = PutVarint(body, LoadRegistration(&site) & kRegistrationId);
  Encoder encoder(values, end, *log, Budget(), kMostReadsAtEnd);
  bool fits = encoder.PutChanged(site, ending.arguments, ending.thrown);
  if (encoder.squeezed() && log->cursor != log->window.payload()) return false;
  if (!fits || encoder.digest() == log->frames.DigestAt(log->depth())) return true;
  PutPaddedVarint(size_at, kSizeBytes, static_cast<uint64_t>(encoder.out() - body));
  log->Commit(encoder.out(), {before.token, before.ticks + elapsed, before.calls});
  return true;
}

// What a call refers to may be gone when it ends: then every piece of it is read through the kernel.
// For the 44 million calls of a JSON parser that took 118 s of processor time instead of 14, and filled
// 4 GiB; so functions that are called so often are looked at now and then.
bool IsWorthALook(Site* site) {
  uint64_t most = GetOptions().limits.changed;
  if (most == 0) return false;
  if ((site->flags & (kFunctionKeeps | kFunctionConstructor)) != 0) return true;
  // Threads may count one call for two: that is cheaper than a locked instruction for each.
  uint64_t look = __atomic_load_n(&site->looks, __ATOMIC_RELAXED);
  __atomic_store_n(&site->looks, look + 1, __ATOMIC_RELAXED);
  return look < most || look % kLaterLooks == 0;
}

void PutChanged(ThreadLog* log, uint64_t now, const Site& site, const Ending& ending) {
  if (log->full || log->stopped || !IsOfThisRecording(*log, site)) return;
  if (!TryPutChanged(log, now, site, ending) && StartNextBlock(log)) {
    TryPutChanged(log, now, site, ending);
  }
}

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

void EndCall(ThreadLog* log, Site* site, uint64_t token, const Ending& ending) {
  uint64_t now = log->Now();
  bool look = ending.arguments != nullptr && IsWorthALook(site);
  RecordScope scope(log);
  // A call outside what is left out: the rest of that has vanished.
  if (log->suppressed > (token & kTokenDepth)) log->suppressed = 0;
  if (log->standing.token != token) PutUnwound(log, now, token);
  if (look) PutChanged(log, now, *site, ending);
  if (PutEnding(log, now, *site, ending)) return;
  // Without space for a block there is still the window's reserve.
  bool is_new = StartNextBlock(log);
  // Readers look for changes and end in one block.
  if (look && is_new) PutChanged(log, now, *site, ending);
  if (PutEnding(log, now, *site, ending)) return;
  // The call stays open in the file.
  log->full = true;
  --log->standing.token;
  if (log->far_token > log->standing.token) log->far_token = log->standing.token;
}

}  // namespace omnitrace::recording
