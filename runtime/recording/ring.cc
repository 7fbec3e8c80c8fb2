#include "runtime/recording/ring.h"

namespace omnitrace::recording {

Appended Ring::Put(const BlockHeader& block, WorkspaceFile* file) {
  if (!full_ && IsTooSmall(block.start_ticks, file->ring_size())) Grow(file);
  if (count_ == 0) {
    file->CountDrops(DropReason::kOverwritten, block.calls);
    return Appended::kYes;
  }
  Slot& slot = slots_[next_];
  if (!MakeSure(&slot, file)) {
    file->CountDrops(DropReason::kOverwritten, block.calls);
    return Appended::kYes;
  }
  if (!file->WriteBlock(block, slot.number)) return Appended::kNoSpace;
  file->CountDrops(DropReason::kOverwritten, slot.calls);
  slot.calls = block.calls;
  slot.ticks = block.start_ticks;
  next_ = (next_ + 1) % count_;
  return Appended::kYes;
}

bool Ring::IsTooSmall(uint64_t now, const RingSize& size) const {
  if (count_ >= size.most_blocks || count_ == kMostSlots) return false;
  return count_ == 0 || now - slots_[next_].ticks < size.ticks;
}

// Tools that have gone may have given back the disk space of blocks that nobody will read.
bool Ring::MakeSure(Slot* slot, WorkspaceFile* file) {
  uint32_t generation = file->ring_generation();
  if (slot->generation != generation && !file->Reserve(slot->number)) return false;
  slot->generation = generation;
  return true;
}

// The new slot comes before the oldest.
void Ring::Grow(WorkspaceFile* file) {
  uint32_t number = file->TakeSpareSlot();
  full_ = number == 0;
  if (full_) return;
  for (uint32_t i = count_; i > next_; --i) slots_[i] = slots_[i - 1];
  ++count_;
  slots_[next_] = {number, 0, 0, file->ring_generation()};
}

}  // namespace omnitrace::recording
