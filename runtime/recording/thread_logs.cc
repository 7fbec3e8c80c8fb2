#include "runtime/recording/thread_logs.h"

#include <errno.h>

#include "runtime/recording/memory.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// Threads alive at one time. The memory is touched only as far as it is used.
constexpr uint32_t kMostLogs = 16 * 1024;
// Looked at when a thread needs a log, so that a thousand live threads cost the next one little.
constexpr uint32_t kReclaimTries = 64;

// What a forked child inherits; the logs are all zeros then.
OMNITRACE_CONSTINIT void* memory = nullptr;

// Whether a log is nobody's. One of a thread that is gone is not until its last block is in the
// file, if it has any records.
bool Reclaim(ThreadLog* log, uint64_t epoch) {
  if (!log->in_use) return true;
  if (!log->IsThreadGone()) return false;
  if (log->epoch != epoch) return true;
  if (log->stopped) return false;
  log->file->AddDrops(&log->drops);
  log->CatchUp();
  log->Seal();
  Ring* ring = log->keeps_last ? &log->ring : nullptr;
  bool stays = !log->IsBlockEmpty() && log->window.Append(log->file, ring) == Appended::kNoSpace;
  log->in_use = stays;
  if (!stays) log->hits.AddTo(*log->hit_places);
  return !stays;
}

}  // namespace

bool ThreadLogs::Open() {
  if (memory == nullptr) memory = MapMemoryWipedByFork(kMostLogs * sizeof(ThreadLog));
  logs_ = static_cast<ThreadLog*>(memory);
  return logs_ != nullptr;
}

ThreadLog* ThreadLogs::Take(uint64_t epoch) {
  for (uint32_t tries = 0; tries < kReclaimTries && tries < count_; ++tries) {
    ThreadLog* log = &logs_[hand_++ % count_];
    if (Reclaim(log, epoch)) return log;
  }
  return count_ < kMostLogs ? &logs_[count_++] : nullptr;
}

bool ThreadLogs::GoBy(const RuleSet* rules) const {
  for (uint32_t i = 0; i < count_; ++i) {
    if (__atomic_load_n(&logs_[i].rules, __ATOMIC_SEQ_CST) == rules) return true;
  }
  return false;
}

}  // namespace omnitrace::recording
