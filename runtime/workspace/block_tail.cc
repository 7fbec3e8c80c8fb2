#include "runtime/workspace/block_tail.h"

#include <algorithm>

#include "absl/status/statusor.h"

namespace omnitrace::workspace {

// Of a window and its copy, which is written once it is whole, the copy stays longer.
void BlockTail::See(uint32_t slot, const BlockHeader& header) {
  auto [place, is_new] = places_.try_emplace(header.sequence, Place{slot, header});
  bool is_copy = (header.flags & kBlockWindow) == 0;
  if (!is_new && (is_copy || place->second.slot == slot)) place->second = {slot, header};
}

void BlockTail::Forget(uint32_t slot, uint64_t sequence) {
  auto place = places_.find(sequence);
  if (place != places_.end() && place->second.slot == slot) places_.erase(place);
}

void BlockTail::EndLook() {
  may_skip_ = missing_;
  missing_ = false;
}

BlockTail::Step BlockTail::Advance() {
  if (open_) {
    Step step = Continue();
    if (step != Step::kNothing) return step;
  }
  // What is open and has no place any more may have gone elsewhere.
  uint64_t wanted = open_ ? header_.sequence : next_;
  auto place = places_.lower_bound(wanted);
  if (place == places_.end() || (open_ && place->first == wanted)) return Step::kNothing;
  if (place->first == wanted || may_skip_) return Begin(place);
  missing_ = true;
  return Step::kNothing;
}

BlockTail::Step BlockTail::Continue() {
  auto place = places_.find(header_.sequence);
  if (place == places_.end()) return Step::kNothing;
  const BlockHeader& seen = place->second.header;
  bool more = ReadMore(place->second);
  if ((seen.flags & kBlockSealed) != 0 && payload_.size() >= seen.length) open_ = false;
  return more ? Step::kMore : Step::kNothing;
}

BlockTail::Step BlockTail::Begin(Places::iterator place) {
  Place wanted = place->second;
  places_.erase(places_.begin(), place);
  payload_.clear();
  payload_.reserve(kBlockPayload);
  header_ = wanted.header;
  next_ = header_.sequence + 1;
  may_skip_ = false;
  slot_ = wanted.slot;
  open_ = true;
  Continue();
  return Step::kNewBlock;
}

bool BlockTail::Release() {
  if (open_) return false;
  std::string().swap(payload_);
  return true;
}

bool BlockTail::SkipToLast() {
  if (places_.empty() || places_.rbegin()->first < next_) return false;
  next_ = places_.rbegin()->first;
  open_ = false;
  return true;
}

// False when there is nothing more, or the slot has another block by now.
bool BlockTail::ReadMore(const Place& place) {
  size_t have = payload_.size();
  size_t length = std::min<size_t>(place.header.length, kBlockPayload);
  if (length <= have) return false;
  uint64_t offset = uint64_t{place.slot} * kBlockSize;
  payload_.resize(length);
  absl::StatusOr<size_t> got =
      source_->ReadAt(offset + sizeof(BlockHeader) + have, payload_.data() + have, length - have);
  BlockHeader now = {};
  bool whole = got.ok() && *got == length - have;
  absl::StatusOr<size_t> again =
      source_->ReadAt(offset, reinterpret_cast<char*>(&now), sizeof(now));
  bool same = whole && again.ok() && *again == sizeof(now) && now.magic == kBlockMagic &&
              now.thread == header_.thread && now.sequence == header_.sequence;
  if (!same) payload_.resize(have);
  slot_ = same ? place.slot : slot_;
  return same;
}

}  // namespace omnitrace::workspace
