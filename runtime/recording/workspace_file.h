// The file of a recording: its header, and its slots, which it hands out in order. What is mapped
// is allocated on the disk first: a full disk must be an error here, never a SIGBUS in the program.
// A recording for observers alone has its slots in the live file, which is mapped as a whole.
#ifndef OMNITRACE_RUNTIME_RECORDING_WORKSPACE_FILE_H_
#define OMNITRACE_RUNTIME_RECORDING_WORKSPACE_FILE_H_

#include <atomic>
#include <cstdint>

#include "runtime/recording/clock.h"
#include "runtime/recording/drop_counts.h"
#include "runtime/recording/pace.h"
#include "runtime/recording/text.h"
#include "runtime/workspace/format.h"

namespace omnitrace::recording {

class LiveFile;

struct FileStart {
  ClockKind clock;
  uint64_t ticks_per_second;
  uint64_t size_limit;  // bytes; 0: what the disk has to spare, at most 4 GiB
  uint64_t rate_limit;  // bytes of calls a second; 0: what the disk takes, which is waited for
};

enum class Appended : uint8_t {
  kYes,
  kLeftOut,  // on purpose
  kNoSpace,
};

// How much a ring of blocks holds: as many as were begun within the last `ticks`.
struct RingSize {
  uint32_t most_blocks;
  uint64_t ticks;
};

// Of a block's records; no more than it has room for, whoever has written to it.
inline uint32_t LengthOf(const BlockHeader& block) {
  uint32_t length = __atomic_load_n(&block.length, __ATOMIC_RELAXED);
  return length < kBlockPayload ? length : kBlockPayload;
}

// All zeros is no file. Threads may take slots and write blocks at the same time; everything else
// is called with the session's lock held.
class WorkspaceFile {
 public:
  // False, with a line for the user, when there can be no file.
  bool Create(const Path& pattern, const FileStart& start, Path* path, Message* error);
  // In the live file instead. False when there is no space for it.
  bool Share(LiveFile* live, const FileStart& start);
  bool is_shared() const { return live_ != nullptr; }

  // The next unused slot; 0 when the size limit is reached.
  uint32_t TakeSlot() { return TakeSlotBefore(most_slots_); }
  // The same, with its space on the disk, for who can do without: the last quarter of the slots is
  // left to windows and metadata. 0 when there is none.
  uint32_t TakeSpareSlot();
  // At this moment.
  RingSize ring_size() const;
  // A slot of a ring must be reserved again when this is another number than it was then.
  uint32_t ring_generation() const { return __atomic_load_n(&ring_generation_, __ATOMIC_RELAXED); }
  void RenewRings() { __atomic_fetch_add(&ring_generation_, 1, __ATOMIC_RELAXED); }
  bool Reserve(uint32_t slot) { return Allocate(uint64_t{slot} * kBlockSize, kBlockSize); }
  // A slot mapped shared, for a window; null when there is no space.
  BlockHeader* MapWindow(uint32_t slot);
  // Writes a sealed block to a slot. False when there is no space.
  bool WriteBlock(const BlockHeader& block, uint32_t slot);
  // The same, to the next unused slot. Calls beyond the rate limit are counted instead.
  Appended AppendBlock(const BlockHeader& block);

  uint32_t CountThread() { return ++header_->threads; }
  void CountDrops(DropReason reason, uint64_t calls) {
    // A thread may be late, and this file be just begun.
    if (header_ == nullptr) return;
    __atomic_fetch_add(&header_->drops[static_cast<uint32_t>(reason)], calls, __ATOMIC_RELAXED);
  }
  // Of a thread; also while it goes on counting.
  void AddDrops(DropCounts* drops) {
    drops->Take([this](DropReason reason, uint64_t calls) { CountDrops(reason, calls); });
  }
  // The clock pair that readers scale ticks by.
  void UpdateClock();
  void SetEnd(EndState end) { header_->end = end; }
  // Cuts the file behind `length` bytes of payload in the last slot, to which nobody may write any
  // more; does nothing when there is a later slot.
  void CutBehind(uint32_t slot, uint32_t length);
  // Asks the kernel to bring everything to the disk.
  void Sync();
  void Close();

  const FileHeader& header() const { return *header_; }
  uint64_t most_bytes() const { return uint64_t{most_slots_} * kBlockSize; }

 private:
  bool WriteHeader(const FileStart& start);
  BlockHeader* SlotAt(uint32_t slot) const;
  void CopyBlock(const BlockHeader& block, uint32_t slot);
  void LimitSlots(uint64_t size_limit);
  uint32_t TakeSlotBefore(uint32_t end);
  bool WriteBehindHole(const void* data, uint64_t size, uint64_t offset);
  bool Allocate(uint64_t offset, uint64_t bytes);
  bool FitsFileLimit(uint64_t end) const;
  bool OwnsDescriptor();

  FileHeader* header_;
  LiveFile* live_;
  long descriptor_;
  uint64_t device_;
  uint64_t inode_;
  uint32_t most_slots_;
  uint64_t ring_ticks_;
  uint32_t ring_generation_;
  Pace pace_;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_WORKSPACE_FILE_H_
