#include "tools/model/far_outcomes.h"

#include <algorithm>
#include <utility>

namespace omnitrace::tools {

using workspace::Block;
using workspace::Event;
using workspace::EventCursor;

FarOutcomes::FarOutcomes(const workspace::Reader& reader, uint32_t thread)
    : reader_(reader), blocks_(reader.blocks(thread)), thread_(thread) {
  least_depth_.reserve(blocks_.size());
  for (size_t i = 0; i < blocks_.size(); ++i) {
    least_depth_.push_back(std::min(blocks_[i].least_depth, Kept(i)));
  }
}

uint32_t FarOutcomes::Kept(size_t block) const {
  const Block& next = blocks_[block];
  bool follows = block == 0 || next.sequence == blocks_[block - 1].sequence + 1;
  if (follows) return next.start_depth;
  return next.gap == 0 ? 0 : std::min(next.start_depth, next.gap - 1);
}

FarOutcomes::Outcome FarOutcomes::Find(size_t block, uint32_t depth) {
  for (size_t i = block + 1; i < blocks_.size(); ++i) {
    if (least_depth_[i] > depth) continue;
    if (Kept(i) <= depth) {
      return {.kind = Call::Outcome::kUnwound, .time = blocks_[i].start};
    }
    if (decoded_ != i) Decode(i);
    auto end = ends_.find(depth);
    if (end != ends_.end()) return end->second;
    if (damaged_) return {.kind = Call::Outcome::kUnwound, .time = last_time_};
  }
  return {};
}

void FarOutcomes::Decode(size_t block) {
  decoded_ = block;
  ends_.clear();
  last_time_ = blocks_[block].start;
  uint32_t far = blocks_[block].start_depth;  // calls still open that were entered before
  std::string changed;                        // of the innermost call
  EventCursor cursor(reader_, thread_, block, 1);
  while (cursor.Next()) {
    const Event& event = cursor.event();
    last_time_ = event.time;
    bool leaves = event.kind == Event::Kind::kLeave || event.kind == Event::Kind::kThrow;
    if (event.kind == Event::Kind::kUnwound) {
      for (; far > event.depth; --far) {
        ends_[far - 1] = {.kind = Call::Outcome::kUnwound, .time = event.time};
      }
    } else if (event.kind == Event::Kind::kChanged && event.depth < far) {
      changed = std::string(event.bytes);
    } else if (leaves && event.depth < far) {
      far = event.depth;
      bool threw = event.kind == Event::Kind::kThrow;
      ends_[far] = {.kind = threw ? Call::Outcome::kThrew : Call::Outcome::kReturned,
                    .time = event.time,
                    .result = threw ? "" : std::string(event.bytes),
                    .changed = std::exchange(changed, ""),
                    .thrown_type = threw ? std::string(event.thrown_type) : "",
                    .thrown_what = threw ? std::string(event.thrown_what) : "",
                    .thrown_value = threw ? std::string(event.thrown_value) : ""};
    }
  }
  damaged_ = !cursor.status().ok();
  // What an unsealed block's header left open is known now, so it need not be decoded again.
  if (!damaged_) least_depth_[block] = std::min(far, Kept(block));
}

}  // namespace omnitrace::tools
