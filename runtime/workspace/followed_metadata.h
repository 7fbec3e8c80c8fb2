// The metadata of a workspace that is read behind its writer, as it grows.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_FOLLOWED_METADATA_H_
#define OMNITRACE_RUNTIME_WORKSPACE_FOLLOWED_METADATA_H_

#include <cstddef>
#include <cstdint>

#include "runtime/workspace/block_tail.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/metadata.h"

namespace omnitrace::workspace {

class FollowedMetadata {
 public:
  // Both must outlive it.
  FollowedMetadata(const ByteSource& source, Metadata* metadata)
      : source_(source), metadata_(*metadata), tail_(source) {}

  // Adds what has been written since the last time; false when that is nothing. If it is anything,
  // the metadata's index is to be built.
  bool Refresh();

  BlockTail& tail() { return tail_; }

 private:
  bool TakeRecords();

  const ByteSource& source_;
  Metadata& metadata_;
  BlockTail tail_;
  size_t position_ = 0;  // in the present block
  uint64_t taken_ = 0;   // bytes
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_FOLLOWED_METADATA_H_
