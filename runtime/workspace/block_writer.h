// The block that a stream has come to, in memory until it is full; then the stream's next one.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_BLOCK_WRITER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_BLOCK_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/slot_file.h"

namespace omnitrace::workspace {

class BlockWriter {
 public:
  // `file` must outlive the writer. There is no room before the first Start.
  explicit BlockWriter(SlotFile* file) : file_(file) {}

  // Begins a block behind one that was sealed. `start` has the fields from `kind` to `first_call`.
  void Start(const BlockHeader& start);
  bool is_started() const { return started_; }
  // Whether it has memory.
  bool is_open() const { return image_ != nullptr; }
  const BlockHeader& header() const { return header_; }

  // A record is put at cursor(), into at most room() bytes, and then committed.
  size_t room() const { return is_open() ? kBlockPayload - header_.length : 0; }
  char* cursor() { return image_.get() + sizeof(BlockHeader) + header_.length; }
  void Commit(const char* end) { header_.length += static_cast<uint32_t>(end - cursor()); }

  // Makes what was committed readable now. The block goes on in the same slot, and is flagged as a
  // window until it is sealed: that is how readers know a block that grows.
  absl::Status Flush();
  // Completes the block in the file. After an error it may be tried again.
  absl::Status Seal(uint32_t least_depth, uint32_t calls);
  // Gives the memory of a sealed block back until the next Start.
  void Release() { image_ = nullptr; }

 private:
  absl::Status Write();

  SlotFile* const file_;
  BlockHeader header_ = {};
  bool started_ = false;           // ever
  std::unique_ptr<char[]> image_;  // of a slot
  uint32_t slot_ = 0;              // 0: not in the file yet
  uint32_t written_ = 0;           // bytes of the payload that are in the file
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_BLOCK_WRITER_H_
