#include "runtime/workspace/slot_table.h"

#include <algorithm>
#include <cstring>

#include "absl/status/statusor.h"
#include "runtime/workspace/block_index.h"

namespace omnitrace::workspace {
namespace {

// All zeros when there is no block, or a part of one.
BlockHeader ReadHeader(const ByteSource& source, uint32_t slot) {
  BlockHeader header = {};
  uint64_t offset = uint64_t{slot} * kBlockSize;
  absl::StatusOr<size_t> got =
      source.ReadAt(offset, reinterpret_cast<char*>(&header), sizeof(header));
  bool whole = got.ok() && *got == sizeof(header);
  return whole && !CheckBlockHeader(offset, header) ? header : BlockHeader();
}

}  // namespace

void SlotTable::Look(const ByteSource& source, uint32_t number, bool all, Changed changed) {
  Slot& slot = slots_[number];
  if (slot.stays) return;
  BlockHeader now = ReadHeader(source, number);
  if (!all && (now.magic == 0 || now.thread != 0)) return;
  bool window = (now.flags & kBlockWindow) != 0;
  if (now.magic != 0 && now.thread == 0 && window) window_ = number;
  slot.stays = now.magic != 0 && !window && (!overwrites_ || now.thread == 0);
  if (memcmp(&now, &slot.header, sizeof(now)) == 0) return;
  changed(number, slot.header, now);
  slot.header = now;
}

void SlotTable::Grow(const ByteSource& source, uint32_t slots) {
  uint64_t there = source.size() / kBlockSize + 1;
  slots_.resize(std::max<size_t>(slots_.size(), std::min<uint64_t>(slots, there)));
}

void SlotTable::Refresh(const ByteSource& source, uint32_t slots, bool overwrites,
                        Changed changed) {
  overwrites_ = overwrites;
  Grow(source, slots);
  for (uint32_t i = 1; i < slots_.size(); ++i) Look(source, i, true, changed);
}

void SlotTable::RefreshMetadata(const ByteSource& source, uint32_t slots, Changed changed) {
  constexpr int kMostTries = 4;
  Grow(source, slots);
  for (int i = 0; i < kMostTries; ++i) {
    BlockHeader before = window_ == 0 ? BlockHeader() : ReadHeader(source, window_);
    bool same = window_ != 0 && memcmp(&before, &slots_[window_].header, sizeof(before)) == 0;
    if (same) return;
    for (uint32_t slot = 1; slot < slots_.size(); ++slot) Look(source, slot, false, changed);
  }
}

}  // namespace omnitrace::workspace
