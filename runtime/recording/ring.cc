#include "runtime/recording/ring.h"

namespace omnitrace::recording {

Appended Ring::Put(const BlockHeader& block, WorkspaceFile* file) {
  if (!grown_) Grow(file);
  if (count_ == 0) {
    file->CountDrops(DropReason::kOverwritten, block.calls);
    return Appended::kYes;
  }
  Slot& slot = slots_[next_];
  if (!file->WriteBlock(block, slot.number)) return Appended::kNoSpace;
  file->CountDrops(DropReason::kOverwritten, slot.calls);
  slot.calls = block.calls;
  next_ = (next_ + 1) % count_;
  return Appended::kYes;
}

void Ring::Grow(WorkspaceFile* file) {
  uint32_t number = file->TakeSpareSlot();
  if (number != 0) {
    next_ = count_++;
    slots_[next_] = {number, 0};
  }
  grown_ = number == 0 || count_ == kMostSlots;
}

}  // namespace omnitrace::recording
