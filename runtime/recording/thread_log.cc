#include "runtime/recording/thread_log.h"

#include <errno.h>
#include <sys/prctl.h>

#include "runtime/recording/memory.h"
#include "runtime/recording/metadata_stream.h"
#include "runtime/recording/padded_varint.h"
#include "runtime/recording/records.h"
#include "runtime/recording/section.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {

bool ThreadLog::IsThreadGone() const {
  return SystemCall(SYS_tgkill, ProcessId(), tid, 0) == -ESRCH;
}

bool ThreadLog::Open(WorkspaceFile* recording, uint64_t its_epoch) {
  in_use = false;
  if (window.is_open() && epoch != its_epoch) {
    window.Close();
    ring = Ring();
  }
  if (!window.is_open()) {
    if (!window.Open(recording)) return false;
    earlier_calls = standing.calls = 0;
  }
  if (!frames.Open() || !hits.Open()) return false;
  if (scratch == nullptr) scratch = static_cast<char*>(MapMemory(kScratchBytes));
  file = recording;
  return true;
}

void ThreadLog::Start() {
  tid = ThreadId();
  thread = file->CountThread();
  SystemCall(SYS_prctl, PR_GET_NAME, name);
  earlier_calls += standing.calls;
  standing.token = epoch;
  standing.calls = 0;
  sequence = 0;
  gap = 0;
  suppressed = 0;
  stopped = full = false;
  for (OpenRoot& root : roots) root = {};
  mark = adapter = 0;
  limit = nullptr;
  around = nullptr;
  standing.ticks += Elapsed(Now());
  start_ticks = standing.ticks;
  StartBlock();
  in_use = true;
}

bool ThreadLog::StartNextBlock() {
  if (stopped) return false;
  BlockedSignals blocked;
  Seal();
  switch (window.Append(file, keeps_last ? &ring : nullptr)) {
    case Appended::kYes:
      gap = 0;
      break;
    case Appended::kLeftOut:
      NoteGap();
      break;
    case Appended::kNoSpace:
      stopped = true;
      return false;
  }
  file->UpdateClock();
  file->AddDrops(&drops);
  hits.AddTo(*hit_places);
  ++sequence;
  StartBlock();
  return true;
}

// A frame of a handler lies below the writer's by at least what the kernel puts there, over 1,000
// bytes; and a frame far above is one on another stack (sigaltstack).
bool ThreadLog::Recover() {
  constexpr intptr_t kBelow = 768;
  constexpr intptr_t kAbove = 8 << 20;
  auto frame = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  // What a view calls may lie closer.
  if (adapter != 0 && frame < adapter) return false;
  auto above = static_cast<intptr_t>(frame - mark);
  if (above < -kBelow || above > kAbove) return false;
  CatchUp();
  if (far_token > standing.token) far_token = standing.token;
  adapter = 0;
  __atomic_store_n(&rules, nullptr, __ATOMIC_RELEASE);
  GetReady();
  return true;
}

void ThreadLog::CatchUp() {
  char* end = Payload() + window.length();
  if (cursor == end) return;
  standing = next;
  cursor = end;
}

void ThreadLog::Seal() {
  window.Seal(far_depth(), static_cast<uint32_t>(standing.calls - block->first_call));
}

void ThreadLog::End() {
  CatchUp();
  Seal();
  in_use = false;
  epoch = 0;
  mark = 0;
  limit = nullptr;
}

void ThreadLog::NoteGap() {
  uint32_t kept = far_depth() < kMostKept ? far_depth() : kMostKept;
  if (gap == 0 || kept + 1 < gap) gap = kept + 1;
}

void ThreadLog::StartBlock() {
  uint64_t now = Now();
  standing.ticks += Elapsed(now);
  far_token = standing.token;
  block = window.block();
  BlockStart start = {};
  start.kind = BlockKind::kCalls;
  start.thread = thread;
  start.depth = depth();
  start.sequence = sequence;
  start.ticks = standing.ticks;
  start.first_call = standing.calls;
  start.gap = static_cast<uint16_t>(gap);
  window.Start(start);
  cursor = window.payload();
  if (keeps_last) PutThread();
  first = cursor;
}

// In each block, as any of them may be the only one that is left.
void ThreadLog::PutThread() {
  auto kind = static_cast<uint64_t>(OtherRecord::kThread);
  char* size_at = PutVarint(PutHead(cursor, RecordKind::kOther, kind), 0);
  char* begin = size_at + 1;
  MetadataFields fields(begin, window.end(), sizeof(name));
  fields.Put(window.slot());
  fields.Put(earlier_calls);
  fields.Put(tid);
  fields.PutText(name);
  fields.Put(start_ticks);
  PutPaddedVarint(size_at, 1, static_cast<uint64_t>(fields.out() - begin));
  Commit(fields.out(), standing);
}

}  // namespace omnitrace::recording
