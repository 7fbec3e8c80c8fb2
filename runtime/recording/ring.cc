#include "runtime/recording/ring.h"

namespace omnitrace::recording {

bool Ring::Put(const BlockHeader& block, WorkspaceFile* file) {
  Slot& slot = slots_[next_++ % kSlots];
  if (slot.number == 0) slot.number = file->TakeSlot();
  if (slot.number == 0 || !file->WriteBlock(block, slot.number)) return false;
  file->CountDrops(DropReason::kOverwritten, slot.calls);
  slot.calls = block.calls;
  return true;
}

}  // namespace omnitrace::recording
