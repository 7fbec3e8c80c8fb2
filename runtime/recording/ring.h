// The slots that one window's blocks take turns in, for keep=last.
#ifndef OMNITRACE_RUNTIME_RECORDING_RING_H_
#define OMNITRACE_RUNTIME_RECORDING_RING_H_

#include <cstdint>

#include "runtime/recording/workspace_file.h"
#include "runtime/workspace/format.h"

namespace omnitrace::recording {

// All zeros has no slots yet.
class Ring {
 public:
  // Writes a sealed block to one more slot, or over the oldest of its blocks, and counts the calls
  // of that as overwritten. False when there is no space.
  bool Put(const BlockHeader& block, WorkspaceFile* file);

 private:
  static constexpr uint32_t kSlots = 16;
  struct Slot {
    uint32_t number;
    uint32_t calls;  // of the block in it
  };

  uint32_t next_;
  Slot slots_[kSlots];
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_RING_H_
