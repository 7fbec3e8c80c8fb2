// The calls of one thread in a workspace that is being written.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_THREAD_WRITER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_THREAD_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/block_writer.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/record_writer.h"
#include "runtime/workspace/slot_file.h"

namespace omnitrace::workspace {

class ThreadWriter {
 public:
  // `file` must outlive the writer.
  ThreadWriter(SlotFile* file, uint32_t thread) : file_(file), block_(file), thread_(thread) {}

  // As Writer::Write, of a function with these FunctionFlags.
  absl::Status Write(const Event& event, uint32_t function_flags);
  // As Writer::Flush. Changes whose call hasn't ended yet are left for later.
  absl::Status Flush();
  absl::Status Seal();
  // Completes the block and gives its memory back, unless changes are held; the next event begins
  // another one.
  absl::Status Release();
  bool has_block() const { return block_.is_open(); }

 private:
  // A changed event, held back until the end that it tells of: readers want both in one block.
  struct Changes {
    bool held = false;
    uint64_t ticks = 0;
    uint32_t function = 0;
    std::string values;
  };

  absl::Status Check(const Event& event) const;
  absl::Status CheckEnd(uint32_t function) const;
  absl::Status Wrong(absl::string_view what) const;
  void Hold(const Event& event, uint64_t ticks);
  // Makes room for the changes that are held and `bytes` more, and puts the changes.
  absl::Status Prepare(size_t bytes, uint64_t ticks);
  absl::Status StartNextBlock(uint64_t ticks);
  absl::Status SealBlock();
  void UpdateClock();
  void Put(const Event& event, uint32_t function_flags, uint64_t ticks);
  void PutEnd(const Event& event, bool sized, uint64_t ticks, RecordWriter* out);
  void Reach(uint32_t depth);
  // Of the record that is put next, since the one before.
  uint64_t Elapse(uint64_t ticks);
  uint32_t depth() const { return static_cast<uint32_t>(open_.size()); }

  SlotFile* const file_;
  BlockWriter block_;
  const uint32_t thread_;
  uint64_t ticks_ = 0;          // of the last record
  std::vector<uint32_t> open_;  // functions of the open calls
  uint32_t far_depth_ = 0;      // how many of them were entered in earlier blocks
  uint32_t least_depth_ = 0;    // in this block
  uint32_t calls_ = 0;          // entered in it
  Changes changes_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_THREAD_WRITER_H_
