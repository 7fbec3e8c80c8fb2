// Turns the records of one block of calls into events. It knows nothing of the blocks around it,
// as every block decodes alone.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_BLOCK_PARSER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_BLOCK_PARSER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "runtime/workspace/byte_parser.h"
#include "runtime/workspace/metadata.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/skip_plan.h"
#include "runtime/workspace/time_scale.h"

namespace omnitrace::workspace {

// No stack is deeper; a block that says so is damaged.
inline constexpr uint32_t kMostDepth = 1 << 24;

// Who wrote a block that may be the only one that is left of its thread.
struct BlockThread {
  uint64_t window = 0;         // its slot, which threads use in turns; 0: the block doesn't say
  uint64_t earlier_calls = 0;  // that those before this one entered through the window
  uint64_t tid = 0;
  std::string name;
  uint64_t start_ticks = 0;
};

// What all parsers of a file share.
struct RecordLayouts {
  RecordLayouts() = default;
  explicit RecordLayouts(const Metadata& metadata);

  struct Layout {
    SkipPlan arguments;
    SkipPlan result;
  };
  std::vector<Layout> layouts;  // by position in Metadata::functions()
};

class BlockParser {
 public:
  BlockParser(const Metadata& metadata, const RecordLayouts& layouts, const TimeScale& scale)
      : metadata_(metadata), layouts_(layouts), scale_(scale) {}

  // `payload` must stay valid while events are taken; `offset` is its place in the file.
  void Start(const BlockHeader& header, absl::string_view payload, uint64_t offset);

  // At the end of the payload: there is more of it by now, and the same bytes in front, where they
  // were.
  void Extend(absl::string_view payload) { in_ = ByteParser(payload, in_.position()); }

  // False at the end of the block or at damage, which error() tells apart. Leaves alone the fields
  // of `event` that its kind doesn't have.
  bool Next(Event* event);

  // "" or what is wrong at error_offset().
  const std::string& error() const { return error_; }
  uint64_t error_offset() const { return offset_ + record_position_; }

  // After the end: "" or where the header of a sealed block contradicts its records.
  std::string Disagreement(const BlockHeader& header) const;

  // Of the last block that has said it.
  const BlockThread& thread() const { return thread_; }
  // So far in this block.
  uint32_t depth() const { return far_depth_ + static_cast<uint32_t>(open_.size()); }
  uint32_t least_depth() const { return least_depth_; }
  uint32_t calls() const { return calls_; }

 private:
  bool ParseEnter(uint64_t function, Event* event);
  bool ParseEnd(Event* event, Event::Kind kind);
  bool ParseOther(uint64_t kind, Event* event, bool* known);
  void ParseRemark(OtherRecord kind, ByteParser* body);
  bool ParseFarEnd(ByteParser* body, Event* event, Event::Kind kind);
  bool ParseUnwound(ByteParser* body, Event* event);
  void ParseDropped(ByteParser* body, Event* event);
  bool ParseChanged(ByteParser* body, Event* event);
  void ParseThread(ByteParser* body);
  void TakeOutcome(ByteParser* in, int64_t function, Event* event);
  bool Tick(uint64_t ticks);
  bool Fail(std::string what);

  const Metadata& metadata_;
  const RecordLayouts& layouts_;
  const TimeScale& scale_;
  ByteParser in_{absl::string_view()};
  uint64_t offset_ = 0;
  uint64_t record_position_ = 0;
  uint64_t ticks_ = 0;
  uint64_t first_call_ = 0;
  uint32_t calls_ = 0;
  uint32_t far_depth_ = 0;  // open calls that were entered before this block
  uint32_t least_depth_ = 0;
  absl::string_view thrown_;  // by the next throw
  uint64_t observers_ = 0;    // of the kFor in front of the next record
  BlockThread thread_;
  std::vector<int64_t> open_;  // those entered in it: positions in Metadata::functions()
  std::string error_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_BLOCK_PARSER_H_
