// The events of one thread of a workspace that is read behind its writer.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_FOLLOWED_THREAD_H_
#define OMNITRACE_RUNTIME_WORKSPACE_FOLLOWED_THREAD_H_

#include <cstdint>

#include "runtime/workspace/block_parser.h"
#include "runtime/workspace/block_tail.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/metadata.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/time_scale.h"

namespace omnitrace::workspace {

class FollowedThread {
 public:
  // All but `index` are of the file, may change, and must outlive it.
  FollowedThread(const ByteSource& source, const Metadata& metadata, const RecordLayouts& layouts,
                 const TimeScale& scale, uint32_t index);

  // Finds the next event; false when there is none yet.
  bool Next();
  const Event& event() const { return event_; }
  // What is there by now isn't wanted.
  void SkipAll();
  // All but the last block that has been seen is lost.
  void SkipToLast() {
    if (tail_.SkipToLast()) is_open_ = false;
  }

  // Calls that it has entered, as far as it was read.
  uint64_t calls() const { return first_call_ + (started_ ? parser_.calls() : 0); }
  // Of these, those that could not be read.
  uint64_t lost() const { return lost_; }
  // Blocks that could not be understood.
  uint64_t damaged() const { return damaged_; }
  // What the blocks that were read say.
  const BlockThread& says() const { return parser_.thread(); }

  BlockTail& tail() { return tail_; }
  const BlockTail& tail() const { return tail_; }

  // For who follows several.
  bool is_queued = false;
  bool is_new = true;
  int looks = 0;  // before it has said whose window it has
  bool is_described = false;
  bool is_settled = true;  // its calls are accounted for, as far as it says where they belong
  bool was_empty = false;

 private:
  bool Load();

  Event event_ = {};
  uint64_t lost_ = 0, damaged_ = 0;
  BlockTail tail_;
  BlockParser parser_;
  bool is_open_ = false;  // a block whose records have been good so far
  bool started_ = false;
  uint64_t first_call_ = 0;  // of the present block
  uint64_t previous_time_ = 0;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_FOLLOWED_THREAD_H_
