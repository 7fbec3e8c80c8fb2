// What the slots of a workspace hold, looked at again and again while it grows.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_SLOT_TABLE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_SLOT_TABLE_H_

#include <cstdint>
#include <map>

#include "absl/functional/function_ref.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/format.h"

namespace omnitrace::workspace {

// Slots by their ranges: in a recording most of them follow each other.
class SlotRanges {
 public:
  void Add(uint32_t slot);
  // The first from this one on that is in none.
  uint64_t NextOutside(uint64_t slot) const;

 private:
  std::map<uint64_t, uint64_t> ends_;  // by the first slot; ranges don't touch
};

// Takes time and memory for slots that have data, however large a source says that it is.
class SlotTable {
 public:
  using Changed =
      absl::FunctionRef<void(uint32_t slot, const BlockHeader& before, const BlockHeader& now)>;

  // `overwrites`: the writer uses slots again; else a block that isn't a window stays as it is.
  void Refresh(const ByteSource& source, uint32_t slots, bool overwrites, Changed changed);
  // The same, of metadata alone, until it has not changed while it was looked at.
  void RefreshMetadata(const ByteSource& source, uint32_t slots, Changed changed);

 private:
  void LookAtAll(const ByteSource& source, uint32_t slots, bool all, Changed changed);
  bool Look(const ByteSource& source, uint32_t slot, bool all, Changed changed);
  void Put(uint32_t slot, const BlockHeader& header);
  const BlockHeader& HeaderOf(uint32_t slot) const;
  uint64_t NextInUse(const ByteSource& source, uint64_t slot) const;

  bool overwrites_ = false;
  uint32_t window_ = 0;                     // of the metadata
  std::map<uint32_t, BlockHeader> moving_;  // blocks that hold, and may change, by slot
  SlotRanges staying_;                      // slots that need not be looked at again
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_SLOT_TABLE_H_
