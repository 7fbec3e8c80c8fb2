// What one thread writes, and how it stands: its window, its open calls, its clock. A thread is the
// only writer of its log. The log lies in memory that a fork wipes: in the child every check of the
// hot path fails, and the slow path opens a log of the child's own.
#ifndef OMNITRACE_RUNTIME_RECORDING_THREAD_LOG_H_
#define OMNITRACE_RUNTIME_RECORDING_THREAD_LOG_H_

#include <cstddef>
#include <cstdint>

#include "runtime/recording/block_window.h"
#include "runtime/recording/call_frames.h"
#include "runtime/recording/call_limits.h"
#include "runtime/recording/clock.h"
#include "runtime/recording/drop_counts.h"
#include "runtime/recording/hit_counts.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/live_format.h"

namespace omnitrace::recording {

class RuleSet;

// Calls stop this far before a window's end. The rest takes a simple record without further
// checks, and the returns of calls that are open when there is no space for another block.
inline constexpr size_t kWindowReserve = 4096;

// Private memory of a thread for copies of what may not be readable.
inline constexpr size_t kScratchBytes = 32 * 1024;

// A token is epoch << 32 | suppressed << 31 | depth: of the call, counted from 1.
inline constexpr uint64_t kTokenSuppressed = uint64_t{1} << 31;
inline constexpr uint64_t kTokenDepth = kTokenSuppressed - 1;
inline constexpr uint64_t kEpochMask = ~uint64_t{0} << 32;

// What a record changes.
struct Standing {
  uint64_t token;  // of the innermost open call; the epoch when none is
  uint64_t ticks;  // of the last record
  uint64_t calls;  // entered so far
};

// A call that an observer's rules name as a root, while it is open.
struct OpenRoot {
  uint32_t stamp;  // of the rules
  uint32_t depth;  // 0: none
  uint32_t function;
};

struct alignas(64) ThreadLog {
  char* cursor;  // where the next record goes
  // The short path records while cursor < limit; null sends every call the careful way.
  char* limit;
  // While limit is null: the stack address of the record that is being written, 0 for none.
  uintptr_t mark;
  uint64_t epoch;  // of the recording that this log is part of, << 32
  Standing standing;
  BlockHeader* block;  // the window's
  uint64_t far_token;  // of the innermost open call that an earlier block has the entry of
  // Frame of the innermost open call, and room for one behind it, where limits are to be checked;
  // null in a record, and where calls are too deep to be recorded at all.
  CallFrame* around;
  CallFrames frames;
  HitCounts hits;

  const HitPlaces* hit_places;  // of the log's recording
  ClockKind clock;
  Standing next;
  uint32_t thread;
  uint64_t tid;
  uint64_t sequence;
  uint32_t gap;  // 0, or 1 + the least depth in the blocks left out since the last one written
  WorkspaceFile* file;  // of the log's recording
  BlockWindow window;
  bool keeps_last;  // blocks, in the ring
  Ring ring;
  char* scratch;
  uint64_t suppressed;  // token of the call that is left out with all it calls; 0: none
  DropReason suppressed_reason;
  bool always_careful;  // limits to check for every call, or a slow clock
  bool stopped;         // no space: only the reserve is left, for returns
  bool full;            // a return was left out: nothing can follow it
  bool in_use;
  // Where the stack stands of a view (omnitrace::adapt) that runs in the middle of a record, else
  // 0.
  uintptr_t adapter;
  CallLimits limits;
  DropCounts drops;
  // The observers' rules (live_rules.h).
  const RuleSet* rules;            // that this thread goes by at this moment
  uint64_t* samples;               // how far it is in each 1-in-N (call_judge.cc)
  uint32_t unwanted;               // calls that nobody wanted
  OpenRoot roots[kLiveObservers];  // the outermost ones
  // What blocks that are to be overwritten say of their thread, and the first record behind it.
  uint64_t earlier_calls;  // that the threads before this one entered through the window
  char name[16];           // when it made its first call
  uint64_t start_ticks;
  char* first;

  bool IsThreadGone() const;
  bool IsBlockEmpty() const { return cursor == first; }
  uint32_t depth() const { return static_cast<uint32_t>(standing.token & kTokenDepth); }
  uint32_t far_depth() const { return static_cast<uint32_t>(far_token & kTokenDepth); }
  // Of the innermost call, the one that is left out too.
  uint32_t innermost() const {
    return static_cast<uint32_t>((suppressed != 0 ? suppressed : standing.token) & kTokenDepth);
  }
  // Where calls' records must end.
  char* call_end() const { return window.end() - kWindowReserve; }
  // Where other records must end; PutVarint needs some slack behind it.
  char* record_end() const { return stopped ? window.end() - 16 : call_end(); }
  char* NormalLimit() const {
    return always_careful || suppressed != 0 || stopped ? nullptr : call_end();
  }

  // Behind a record.
  void GetReady() {
    mark = 0;
    bool limited = limits.any() && !limits.IsTooDeep(depth());
    around = limited ? frames.Find(depth()) : nullptr;
    limit = NormalLimit();
  }

  // Makes a log that is nobody's ready for a recording that writes to `recording`, in the window
  // that it may have there. False when there is no space, or no memory.
  bool Open(WorkspaceFile* recording, uint64_t its_epoch);
  // Makes it the log of the thread that calls this, and begins the first block. Behind Open(), and
  // when `epoch`, `clock` and `keeps_last` are those of the recording.
  void Start();
  // Completes the block and begins another one. False when there is no space: then only the
  // returns of open calls are recorded from now on, as long as the reserve lasts.
  bool StartNextBlock();
  // Completes the block in its window.
  void Seal();
  // Of a thread that records nothing more: completes the block, which stays in its window. The log
  // is nobody's from now on.
  void End();
  // When a jump has left a record behind that was published, and no more.
  void CatchUp();
  // Publishes the record that ends at `out`, and how the log stands behind it. The store of the
  // length is the one moment when both happen: Recover() finishes what a jump interrupts behind it.
  void Commit(char* out, const Standing& behind) {
    next = behind;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    __atomic_store_n(&block->length, static_cast<uint32_t>(out - Payload()), __ATOMIC_RELEASE);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    standing = behind;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    cursor = out;
  }
  // Whether a signal handler or a view interrupts a record on this thread: its calls have no place.
  bool IsInsideRecord() const { return limit == nullptr && mark != 0; }
  // After a handler jumped out of a record (siglongjmp), which then will never be finished: true
  // when that is so, and the log is ready again.
  bool Recover();
  uint64_t Now() const { return ReadTicks(clock); }
  // Ticks since the last record. Processors' counters may differ by a few: time stands still then.
  uint64_t Elapsed(uint64_t now) const { return now > standing.ticks ? now - standing.ticks : 0; }
  char* Payload() const { return reinterpret_cast<char*>(block + 1); }

 private:
  void NoteGap();
  void StartBlock();
  void PutThread();
};

// Of the calling function's frame, roughly.
inline __attribute__((always_inline)) uintptr_t StackAddress() {
#if defined(__x86_64__)
  // Asked for its frame, a function keeps a frame pointer, which costs eight instructions.
  uintptr_t address;
  __asm__ volatile("mov %%rsp, %0" : "=r"(address));
  return address;
#else
  return reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
#endif
}

// Marks a log for the life of a record.
class RecordScope {
 public:
  __attribute__((always_inline)) explicit RecordScope(ThreadLog* log) : log_(log) {
    log_->mark = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    log_->limit = nullptr;
    log_->around = nullptr;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
  }
  __attribute__((always_inline)) ~RecordScope() {
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    log_->GetReady();
  }
  RecordScope(const RecordScope&) = delete;
  RecordScope& operator=(const RecordScope&) = delete;

 private:
  ThreadLog* const log_;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_THREAD_LOG_H_
