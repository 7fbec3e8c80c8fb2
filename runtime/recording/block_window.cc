#include "runtime/recording/block_window.h"

#include "runtime/recording/memory.h"
#include "runtime/workspace/coding.h"

namespace omnitrace::recording {

bool BlockWindow::Open(WorkspaceFile* file) {
  slot_ = file->TakeSlot();
  shared_ = file->is_shared();
  block_ = slot_ == 0 ? nullptr : file->MapWindow(slot_);
  return block_ != nullptr;
}

void BlockWindow::Start(const BlockStart& start) {
  __atomic_store_n(&block_->magic, 0, __ATOMIC_RELEASE);
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  BlockHeader header = {};
  header.kind = start.kind;
  header.flags = kBlockWindow;
  header.thread = start.thread;
  header.start_depth = start.depth;
  header.sequence = start.sequence;
  header.start_ticks = start.ticks;
  header.first_call = start.first_call;
  header.gap = start.gap;
  *block_ = header;
  header.magic = kBlockMagic;
  block_->start_checksum = StartChecksum(header);
  __atomic_store_n(&block_->magic, kBlockMagic, __ATOMIC_RELEASE);
}

void BlockWindow::Seal(uint32_t least_depth, uint32_t calls) {
  block_->least_depth = least_depth;
  block_->calls = calls;
  block_->checksum = Checksum(payload(), length(), block_->sequence);
  __atomic_store_n(&block_->flags, static_cast<uint8_t>(block_->flags | kBlockSealed),
                   __ATOMIC_RELEASE);
}

Appended BlockWindow::Append(WorkspaceFile* file, Ring* ring) {
  Appended appended = ring == nullptr ? file->AppendBlock(*block_) : ring->Put(*block_, file);
  if (appended != Appended::kNoSpace) return appended;
  __atomic_store_n(&block_->flags, static_cast<uint8_t>(block_->flags & ~kBlockSealed),
                   __ATOMIC_RELEASE);
  return appended;
}

void BlockWindow::Close() {
  if (block_ != nullptr && !shared_) UnmapMemory(block_, kBlockSize);
  block_ = nullptr;
}

}  // namespace omnitrace::recording
