#include "runtime/recording/call_entry.h"

#include "runtime/recording/call_judge.h"
#include "runtime/recording/copy.h"
#include "runtime/recording/encoder.h"
#include "runtime/recording/padded_varint.h"
#include "runtime/recording/process_options.h"
#include "runtime/recording/record_room.h"
#include "runtime/recording/records.h"

namespace omnitrace::recording {
namespace {

// Of a stamp that is known only behind its place in the record: 0.1 s, more is rare.
constexpr size_t kTicksBytes = 4;
constexpr size_t kLongTicksBytes = 8;

// The stamp is taken behind the arguments, so that reading them is not part of the call. To ask the
// clock in front of them, too, whether a short one will do takes 10 of 140 ns; so in a record that
// turns out to need a long one the values, which go to `*end`, are moved. Returns the ticks.
uint64_t PutLateTicks(ThreadLog* log, char* place, char** end) {
  uint64_t elapsed = log->Elapsed(log->Now());
  if (elapsed <= MostOfPaddedVarint(kTicksBytes)) {
    PutPaddedVarint(place, kTicksBytes, elapsed);
    return elapsed;
  }
  *end = MoveUp(place + kTicksBytes, *end, kLongTicksBytes - kTicksBytes);
  // The next record's stamp has the rest.
  if (elapsed > MostOfPaddedVarint(kLongTicksBytes)) elapsed = MostOfPaddedVarint(kLongTicksBytes);
  PutPaddedVarint(place, kLongTicksBytes, elapsed);
  return elapsed;
}

// Whom the entry behind it is for; both become part of the log in one moment.
char* PutFor(char* out, uint16_t wanted_by) {
  if (wanted_by == kForAll) return out;
  out = PutHead(out, RecordKind::kOther, static_cast<uint64_t>(OtherRecord::kFor));
  return PutVarint(PutVarint(PutVarint(out, 0), VarintSize(wanted_by)), wanted_by);
}

// `accept_squeezed`: there is no more room to be had.
EntryFit PutSizedEnter(ThreadLog* log, char* out, const Site& site, uint32_t id, const char* block,
                       bool accept_squeezed) {
  char* most = RecordEnd(*log, log->call_end()) - (kLongTicksBytes - kTicksBytes);
  if (out + kFixedBytes > most) return EntryFit::kNoRoom;
  char* ticks_at = PutHead(out, RecordKind::kEnter, id);
  char* size_at = ticks_at + kTicksBytes;
  char* values = size_at + kSizeBytes;
  Encoder encoder(values, most, *log, GetOptions().limits);
  bool fits = encoder.PutArguments(site, block);
  if (!fits) return accept_squeezed ? EntryFit::kTooLarge : EntryFit::kNoRoom;
  if (encoder.squeezed() && !accept_squeezed) return EntryFit::kNoRoom;
  char* end = encoder.out();
  PutPaddedVarint(size_at, kSizeBytes, static_cast<uint64_t>(end - values));
  log->frames.SetDigest(log->depth() + 1, encoder.digest());
  const Standing& before = log->standing;
  uint64_t elapsed = PutLateTicks(log, ticks_at, &end);
  log->Commit(end, {before.token + 1, before.ticks + elapsed, before.calls + 1});
  return EntryFit::kWhole;
}

EntryFit PutEnter(ThreadLog* log, const Site& site, uint32_t id, const char* block,
                  uint16_t wanted_by) {
  if (log->cursor >= log->call_end()) return EntryFit::kNoRoom;
  char* out = PutFor(log->cursor, wanted_by);
  if ((site.flags & kFunctionSizedArguments) == 0) {
    EnterRecord record(log, out, id, log->Now());
    record.Commit(PutSimpleArguments(record.arguments(), site, block));
    return EntryFit::kWhole;
  }
  return PutSizedEnter(log, out, site, id, block, log->IsBlockEmpty());
}

// With a mark of where it stands, for limits that depend on how long the call takes.
EntryFit PutMarked(ThreadLog* log, const Site& site, uint32_t id, const char* block,
                   uint16_t wanted_by) {
  EntryMark mark = {log->cursor, nullptr, log->standing.ticks, 0};
  EntryFit fit = PutEnter(log, site, id, block, wanted_by);
  if (fit != EntryFit::kWhole) return fit;
  mark.end = log->cursor;
  mark.ticks = log->standing.ticks;
  log->frames.SetMark(log->depth(), mark);
  return fit;
}

}  // namespace

EntryFit PutEntry(ThreadLog* log, const Site& site, const CallFrame& frame, const char* arguments,
                  uint16_t wanted_by) {
  // Before the call counts: a signal handler's calls are compared with it.
  log->frames.Set(log->depth() + 1, frame);
  EntryFit fit = PutMarked(log, site, frame.function, arguments, wanted_by);
  if (fit != EntryFit::kNoRoom || !StartNextBlock(log)) return fit;
  return PutMarked(log, site, frame.function, arguments, wanted_by);
}

}  // namespace omnitrace::recording
