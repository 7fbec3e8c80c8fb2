// What the slots of a workspace hold, looked at again and again while it grows.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_SLOT_TABLE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_SLOT_TABLE_H_

#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/format.h"

namespace omnitrace::workspace {

class SlotTable {
 public:
  using Changed =
      absl::FunctionRef<void(uint32_t slot, const BlockHeader& before, const BlockHeader& now)>;

  // `overwrites`: the writer uses slots again; else a block that isn't a window stays as it is.
  void Refresh(const ByteSource& source, uint32_t slots, bool overwrites, Changed changed);
  // The same, of metadata alone, until it has not changed while it was looked at.
  void RefreshMetadata(const ByteSource& source, uint32_t slots, Changed changed);

 private:
  void Grow(const ByteSource& source, uint32_t slots);
  void Look(const ByteSource& source, uint32_t slot, bool all, Changed changed);

  bool overwrites_ = false;
  uint32_t window_ = 0;  // of the metadata
  struct Slot {
    BlockHeader header = {};  // its magic is 0 when there is no block that holds
    bool stays = false;
  };
  std::vector<Slot> slots_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_SLOT_TABLE_H_
