// EventCursor: the blocks of one thread, one after the other, and what is missing between them.
#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/block_index.h"
#include "runtime/workspace/block_parser.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/reader_state.h"

namespace omnitrace::workspace {

struct EventCursor::State {
  State(const Reader::State& file, uint32_t thread, const std::vector<Block>& blocks, size_t first,
        size_t end);

  bool Next();
  bool OpenBlock();
  bool Resume();
  void CloseBlock();
  void Lose(const Block& block);
  void Report(uint64_t offset, std::string what);

  const Reader::State& file;
  const std::vector<Block>& blocks;
  BlockBuffer buffer;
  BlockParser parser;
  Event event = {};
  absl::Status status;
  size_t next;  // the block to open next
  size_t end;
  bool parsing = false;
  uint64_t previous_time = 0;

  // How the last block ended, and so how the next one must begin.
  uint64_t expected_sequence = 0;
  uint64_t expected_call = 0;
  uint32_t depth = 0;
  bool lost = false;     // records are missing since then,
  uint32_t certain = 0;  // and only calls below this depth are sure to have survived them
};

EventCursor::State::State(const Reader::State& file, uint32_t thread,
                          const std::vector<Block>& blocks, size_t first, size_t end)
    : file(file),
      blocks(blocks),
      parser(file.metadata, file.layouts, file.scale),
      next(first),
      end(end) {
  event.thread = thread;
  if (first == end) return;
  depth = blocks[first].start_depth;
  if (first == 0 && !file.keeps_last && blocks[first].gap == 0) return;
  expected_sequence = blocks[first].sequence;
  expected_call = blocks[first].first_call;
  previous_time = blocks[first].start;
}

bool EventCursor::State::Next() {
  while (true) {
    if (parsing) {
      if (parser.Next(&event)) {
        event.time = previous_time = std::max(previous_time, event.time);
        return true;
      }
      CloseBlock();
    }
    if (next == end) return false;
    if (OpenBlock() && Resume()) return true;
  }
}

// Reads the next block; false when it is damaged.
bool EventCursor::State::OpenBlock() {
  const Block& block = blocks[next++];
  if (block.sequence != expected_sequence && block.gap != 0) {
    certain = std::min(lost ? certain : depth, block.gap - 1);
    lost = true;
  } else if (block.sequence != expected_sequence) {
    Report(block.offset,
           absl::StrCat("block ", block.sequence, " of thread ", block.thread, ", expected block ",
                        expected_sequence, ": blocks are missing"));
    lost = true;
    certain = 0;
  }
  expected_sequence = block.sequence + 1;
  if (std::optional<Problem> problem = buffer.Read(*file.source, block)) {
    status.Update(ToStatus(*problem, file.source->name()));
    Lose(block);
    return false;
  }
  parser.Start(buffer.header(), buffer.payload(), block.offset + sizeof(BlockHeader));
  parsing = true;
  return true;
}

// At the start of a block: true when calls that were open are not any more, with the event for it.
bool EventCursor::State::Resume() {
  const Block& block = blocks[next - 1];
  if (!lost && (block.start_depth != depth || block.first_call != expected_call)) {
    Report(block.offset,
           absl::StrCat("block starts at depth ", block.start_depth, ", call ", block.first_call,
                        "; the one before ended at depth ", depth, ", call ", expected_call));
  }
  uint32_t left = std::min({depth, lost ? certain : depth, block.start_depth});
  bool gap = left < depth;
  depth = block.start_depth;
  lost = false;
  if (!gap) return false;
  event.kind = Event::Kind::kUnwound;
  event.function = 0;
  event.depth = left;
  event.time = previous_time = std::max(previous_time, block.start);
  event.offset = block.offset;
  return true;
}

void EventCursor::State::CloseBlock() {
  const Block& block = blocks[next - 1];
  parsing = false;
  depth = parser.depth();
  expected_call = block.first_call + parser.calls();
  if (!parser.error().empty()) {
    Report(parser.error_offset(), parser.error());
    Lose(block);
  } else if (std::string what = parser.Disagreement(buffer.header());
             block.sealed && !what.empty()) {
    Report(block.offset, what);
  }
}

// Something of `block` could not be read.
void EventCursor::State::Lose(const Block& block) {
  certain = std::min(lost ? certain : depth, block.least_depth);
  lost = true;
}

void EventCursor::State::Report(uint64_t offset, std::string what) {
  status.Update(ToStatus({offset, std::move(what)}, file.source->name()));
}

EventCursor::EventCursor(const Reader& reader, uint32_t thread)
    : EventCursor(reader, thread, 0, std::numeric_limits<size_t>::max()) {}

EventCursor::EventCursor(const Reader& reader, uint32_t thread, size_t first_block,
                         size_t block_count) {
  const std::vector<Block>& blocks = reader.blocks(thread);
  size_t first = std::min(first_block, blocks.size());
  size_t end = first + std::min(block_count, blocks.size() - first);
  state_ = std::make_unique<State>(*reader.state_, thread, blocks, first, end);
}

EventCursor::~EventCursor() = default;
EventCursor::EventCursor(EventCursor&&) noexcept = default;
EventCursor& EventCursor::operator=(EventCursor&&) noexcept = default;

bool EventCursor::Next() { return state_->Next(); }
const Event& EventCursor::event() const { return state_->event; }
const absl::Status& EventCursor::status() const { return state_->status; }
size_t EventCursor::block() const { return state_->next == 0 ? 0 : state_->next - 1; }

bool EventCursor::ContinuesAt(const Block& next) const {
  const State& state = *state_;
  return state.status.ok() && !state.lost && state.depth == next.start_depth &&
         state.expected_sequence == next.sequence && state.expected_call == next.first_call &&
         state.previous_time <= next.start;
}

uint32_t EventCursor::depth() const {
  // After the event of a gap the parser stands at the start of the block behind it.
  if (state_->event.kind == Event::Kind::kUnwound) return state_->event.depth;
  return state_->parsing ? state_->parser.depth() : state_->depth;
}

}  // namespace omnitrace::workspace
