// The slots that one window's blocks take turns in, for keep=last and for observers.
#ifndef OMNITRACE_RUNTIME_RECORDING_RING_H_
#define OMNITRACE_RUNTIME_RECORDING_RING_H_

#include <cstdint>

#include "runtime/recording/workspace_file.h"
#include "runtime/workspace/format.h"

namespace omnitrace::recording {

// All zeros has no slots yet.
class Ring {
 public:
  // Writes a sealed block to one more slot, as long as there are more and its size wants it, and
  // then over the oldest of its blocks, whose calls it counts as overwritten. Without any slot that
  // is the block itself.
  Appended Put(const BlockHeader& block, WorkspaceFile* file);

 private:
  static constexpr uint32_t kMostSlots = 128;
  struct Slot {
    uint32_t number;
    uint32_t calls;       // of the block in it
    uint64_t ticks;       // when that began
    uint32_t generation;  // of the file, when there was space for it
  };

  bool IsTooSmall(uint64_t now, const RingSize& size) const;
  void Grow(WorkspaceFile* file);
  static bool MakeSure(Slot* slot, WorkspaceFile* file);

  bool full_;  // there are no more slots
  uint32_t count_;
  uint32_t next_;
  Slot slots_[kMostSlots];
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_RING_H_
