#include "runtime/workspace/followed_metadata.h"

#include <algorithm>

#include "runtime/workspace/byte_parser.h"

namespace omnitrace::workspace {
namespace {

// Of half a million functions; they take ten times as much memory. A file may say that it is of any
// size.
constexpr uint64_t kMostBytes = 64 << 20;

}  // namespace

bool FollowedMetadata::Refresh() {
  bool any = false;
  tail_.EndLook();
  // It is never overwritten: more than there is room for has no end.
  uint64_t most = std::min(source_.size(), kMostBytes);
  while (taken_ <= most) {
    BlockTail::Step step = tail_.Advance();
    if (step == BlockTail::Step::kNothing) break;
    if (step == BlockTail::Step::kNewBlock) position_ = 0;
    any |= TakeRecords();
  }
  return any;
}

bool FollowedMetadata::TakeRecords() {
  ByteParser in(tail_.payload().substr(position_));
  size_t first = position_;
  while (!in.AtEnd()) {
    uint64_t kind = in.Varint();
    absl::string_view bytes = in.Text();
    if (!in.ok()) break;
    metadata_.AddRecord(kind, bytes);
    position_ = first + in.position();
  }
  taken_ += position_ - first;
  return position_ != first;
}

}  // namespace omnitrace::workspace
