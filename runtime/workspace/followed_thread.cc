#include "runtime/workspace/followed_thread.h"

#include <algorithm>

#include "runtime/workspace/window_calls.h"

namespace omnitrace::workspace {

FollowedThread::FollowedThread(const ByteSource& source, const Metadata& metadata,
                               const RecordLayouts& layouts, const TimeScale& scale, uint32_t index)
    : tail_(source), parser_(metadata, layouts, scale) {
  event_.thread = index;
}

bool FollowedThread::Next() {
  while (true) {
    if (is_open_ && parser_.Next(&event_)) {
      event_.time = previous_time_ = std::max(previous_time_, event_.time);
      return true;
    }
    if (is_open_ && !parser_.error().empty()) {
      is_open_ = false;
      ++damaged_;
    }
    if (!Load()) return false;
  }
}

void FollowedThread::SkipAll() {
  tail_.SkipToLast();
  while (Next()) {
  }
  lost_ = damaged_ = 0;
}

bool FollowedThread::Load() {
  switch (tail_.Advance()) {
    case BlockTail::Step::kNothing:
      // Threads that have ended are many.
      is_open_ = is_open_ && !tail_.Release();
      return false;
    case BlockTail::Step::kMore:
      if (is_open_) parser_.Extend(tail_.payload());
      return true;
    case BlockTail::Step::kNewBlock:
      break;
  }
  uint64_t seen = calls();
  first_call_ = tail_.header().first_call;
  if (first_call_ > seen) lost_ = AddBounded(lost_, first_call_ - seen);
  parser_.Start(tail_.header(), tail_.payload(), tail_.offset() + sizeof(BlockHeader));
  is_open_ = started_ = true;
  return true;
}

}  // namespace omnitrace::workspace
