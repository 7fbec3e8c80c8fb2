// A slot of the file mapped into the process, reused for one block after the other of one stream.
// Reusing pages that are hot costs 16 ns per record of 16 bytes; touching new ones costs 40 to 77.
#ifndef OMNITRACE_RUNTIME_RECORDING_BLOCK_WINDOW_H_
#define OMNITRACE_RUNTIME_RECORDING_BLOCK_WINDOW_H_

#include <cstdint>

#include "runtime/recording/ring.h"
#include "runtime/recording/workspace_file.h"
#include "runtime/workspace/format.h"

namespace omnitrace::recording {

struct BlockStart {
  BlockKind kind;
  uint32_t thread;
  uint32_t depth;
  uint64_t sequence;
  uint64_t ticks;
  uint64_t first_call;
  uint16_t gap;
};

// All zeros has no slot yet.
class BlockWindow {
 public:
  // Maps a slot of its own. False when there is no space.
  bool Open(WorkspaceFile* file);
  // Begins a block. A reader that looks meanwhile, or a death, finds a hole.
  void Start(const BlockStart& start);
  // Completes the block: from now on readers check its sums.
  void Seal(uint32_t least_depth, uint32_t calls);
  // Writes the sealed block to a slot of its own, or to the ring. Not sealed any more when there is
  // no space.
  Appended Append(WorkspaceFile* file, Ring* ring);
  void Close();

  bool is_open() const { return block_ != nullptr; }
  BlockHeader* block() const { return block_; }
  // Bytes of records. In the live file others may write to it, too, so it is no more than there can
  // be, whatever it says.
  uint32_t length() const { return LengthOf(*block_); }
  char* payload() const { return reinterpret_cast<char*>(block_ + 1); }
  char* end() const { return payload() + kBlockPayload; }
  uint32_t slot() const { return slot_; }

 private:
  BlockHeader* block_;
  uint32_t slot_;
  bool shared_;  // a part of the live file's mapping
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_BLOCK_WINDOW_H_
