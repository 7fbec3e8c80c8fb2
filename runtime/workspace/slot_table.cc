#include "runtime/workspace/slot_table.h"

#include <algorithm>
#include <cstring>
#include <iterator>

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

void SlotRanges::Add(uint32_t slot) {
  auto next = ends_.upper_bound(slot);
  bool extends = next != ends_.begin() && std::prev(next)->second >= slot;
  auto range = extends ? std::prev(next) : ends_.emplace_hint(next, slot, slot);
  range->second = std::max<uint64_t>(range->second, uint64_t{slot} + 1);
  if (next == ends_.end() || next->first > range->second) return;
  range->second = next->second;
  ends_.erase(next);
}

uint64_t SlotRanges::NextOutside(uint64_t slot) const {
  auto next = ends_.upper_bound(slot);
  return next == ends_.begin() ? slot : std::max(slot, std::prev(next)->second);
}

const BlockHeader& SlotTable::HeaderOf(uint32_t slot) const {
  static constexpr BlockHeader kNone = {};
  auto found = moving_.find(slot);
  return found == moving_.end() ? kNone : found->second;
}

void SlotTable::Put(uint32_t slot, const BlockHeader& header) {
  bool window = (header.flags & kBlockWindow) != 0;
  bool stays = header.magic != 0 && !window && (!overwrites_ || header.thread == 0);
  if (stays) staying_.Add(slot);
  if (stays || header.magic == 0) {
    moving_.erase(slot);
  } else {
    moving_[slot] = header;
  }
}

// False: it has no block.
bool SlotTable::Look(const ByteSource& source, uint32_t slot, bool all, Changed changed) {
  const BlockHeader now = ReadHeader(source, slot), before = HeaderOf(slot);
  bool there = now.magic != 0;
  if (!all && (!there || now.thread != 0)) return there;
  if (there && now.thread == 0 && (now.flags & kBlockWindow) != 0) window_ = slot;
  if (memcmp(&now, &before, sizeof(now)) != 0) changed(slot, before, now);
  Put(slot, now);
  return there;
}

// The next one that has a block, or had one when it was looked at.
uint64_t SlotTable::NextInUse(const ByteSource& source, uint64_t slot) const {
  uint64_t data = source.NextData(slot * kBlockSize) / kBlockSize;
  auto known = moving_.lower_bound(static_cast<uint32_t>(slot));
  return known == moving_.end() ? data : std::min<uint64_t>(data, known->first);
}

void SlotTable::LookAtAll(const ByteSource& source, uint32_t slots, bool all, Changed changed) {
  uint64_t end = std::min<uint64_t>(slots, source.size() / kBlockSize + 1);
  // What was cut is to be seen, too.
  if (!moving_.empty()) end = std::max<uint64_t>(end, moving_.rbegin()->first + 1);
  int holes = 0;
  uint64_t slot = staying_.NextOutside(1);
  while (slot < end) {
    if (!Look(source, static_cast<uint32_t>(slot), all, changed)) ++holes;
    ++slot;
    slot = staying_.NextOutside(holes < ByteSource::kManyHoles ? slot : NextInUse(source, slot));
  }
}

void SlotTable::Refresh(const ByteSource& source, uint32_t slots, bool overwrites,
                        Changed changed) {
  overwrites_ = overwrites;
  LookAtAll(source, slots, true, changed);
}

void SlotTable::RefreshMetadata(const ByteSource& source, uint32_t slots, Changed changed) {
  constexpr int kMostTries = 4;
  for (int i = 0; i < kMostTries; ++i) {
    BlockHeader before = window_ == 0 ? BlockHeader() : ReadHeader(source, window_);
    bool same = window_ != 0 && memcmp(&before, &HeaderOf(window_), sizeof(before)) == 0;
    if (same) return;
    LookAtAll(source, slots, false, changed);
  }
}

}  // namespace omnitrace::workspace
