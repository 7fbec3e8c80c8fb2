// The blocks of one stream of a workspace, read behind a writer that may overwrite them.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_BLOCK_TAIL_H_
#define OMNITRACE_RUNTIME_WORKSPACE_BLOCK_TAIL_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/format.h"

namespace omnitrace::workspace {

class BlockTail {
 public:
  explicit BlockTail(const ByteSource& source) : source_(&source) {}

  // What a slot's header says, of a block of this stream. It was checked.
  void See(uint32_t slot, const BlockHeader& header);
  // The slot has something else now.
  void Forget(uint32_t slot, uint64_t sequence);
  // All slots have been looked at once more, one after the other: what was missing after the last
  // time, too, is lost. After one time it may have moved from a slot that had yet to be looked at
  // to one that had been.
  void EndLook();
  bool empty() const { return places_.empty(); }
  // There is something to read behind a block that may still be found.
  bool waits() const { return missing_; }

  enum class Step : uint8_t {
    kNothing,   // nothing more has been seen
    kMore,      // payload() of the same block is longer
    kNewBlock,  // the next one that is there
  };
  // Reads what has been seen and not been read. What was overwritten meanwhile is left out.
  Step Advance();
  // The payload is used no more. True: the block can't get longer, and its memory is given back.
  bool Release();
  // Leaves out all blocks but the last one seen. False: that is the present one.
  bool SkipToLast();

  // Of the present block. The payload is valid until another block is begun, and stays where it is.
  const BlockHeader& header() const { return header_; }
  absl::string_view payload() const { return payload_; }
  uint64_t offset() const { return uint64_t{slot_} * kBlockSize; }

 private:
  struct Place {
    uint32_t slot;
    BlockHeader header;
  };
  using Places = std::map<uint64_t, Place>;  // by sequence

  Step Continue();
  Step Begin(Places::iterator place);
  bool ReadMore(const Place& place);

  const ByteSource* source_;
  Places places_;
  bool open_ = false;      // a block that may get longer
  uint64_t next_ = 0;      // the least sequence that may be begun
  bool missing_ = false;   // the block that was to be read next was not there,
  bool may_skip_ = false;  // and it wasn't there when looked for again
  uint32_t slot_ = 0;
  BlockHeader header_ = {};
  std::string payload_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_BLOCK_TAIL_H_
