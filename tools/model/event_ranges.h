// A thread's events on all cores: ranges of its blocks are read apart from each other, each into a
// part, and the parts are appended in order to the whole. A range starts from its first block's
// header. Where the one before it doesn't end as that says (damage, a clock that stepped back),
// what is left is read in one piece.
//
//   Sums whole;
//   auto new_part = [] { return std::make_unique<Sums>(); };
//   RETURN_IF_ERROR(ReadEvents<Sums>({reader, thread.index}, new_part, whole));
//
// A part has Take(event, block). The whole has, too, and CanAppend(part) and Append(part); it takes
// the events of parts that it can't append.
#ifndef OMNITRACE_TOOLS_MODEL_EVENT_RANGES_H_
#define OMNITRACE_TOOLS_MODEL_EVENT_RANGES_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "runtime/workspace/ordered_work.h"
#include "runtime/workspace/reader.h"

namespace omnitrace::tools {

// 512 KiB, milliseconds of work; a part may be as large as what it is read from.
inline constexpr size_t kRangeBlocks = 8;

struct EventSource {
  const workspace::Reader& reader;
  uint32_t thread;
  size_t cores = 0;                       // 0: as many as pay; 1: one piece
  std::function<void(size_t)> on_blocks;  // may be null; is told how many of the thread are done
};

// Reads what the cursor has.
template <typename Taker>
void TakeAll(workspace::EventCursor& cursor, Taker& taker,
             const std::function<void(size_t)>& on_blocks = {}) {
  size_t block = SIZE_MAX;
  while (cursor.Next()) {
    if (cursor.block() != block) {
      block = cursor.block();
      if (on_blocks) on_blocks(block);
    }
    taker.Take(cursor.event(), block);
  }
}

template <typename Part>
struct EventRange {
  std::unique_ptr<Part> part;
  bool continues;  // as the block behind it says, or undamaged to the thread's end
};

template <typename Part>
EventRange<Part> ReadRange(const EventSource& source, size_t first, std::unique_ptr<Part> part) {
  workspace::EventCursor cursor(source.reader, source.thread, first, kRangeBlocks);
  TakeAll(cursor, *part);
  const std::vector<workspace::Block>& blocks = source.reader.blocks(source.thread);
  size_t next = first + kRangeBlocks;
  bool continues = next < blocks.size() ? cursor.ContinuesAt(blocks[next]) : cursor.status().ok();
  return {std::move(part), continues};
}

// Returns how many blocks are in the whole then.
template <typename Part, typename Whole>
size_t AppendRanges(const EventSource& source,
                    const std::function<std::unique_ptr<Part>()>& new_part, Whole& whole) {
  size_t blocks = source.reader.blocks(source.thread).size();
  size_t ranges = (blocks + kRangeBlocks - 1) / kRangeBlocks;
  size_t cores = source.cores == 0 ? workspace::CountThreadsFor(ranges) : source.cores;
  if (cores == 1) return 0;
  auto read = [&](size_t i) { return ReadRange(source, i * kRangeBlocks, new_part()); };
  workspace::OrderedWork<EventRange<Part>> work(ranges, read, cores);
  size_t done = 0;
  for (; std::optional<EventRange<Part>> range = work.Next(); done += kRangeBlocks) {
    if (!range->continues) return done;
    if (source.on_blocks) source.on_blocks(done);
    if (whole.CanAppend(*range->part)) {
      whole.Append(*range->part);
    } else {
      workspace::EventCursor again(source.reader, source.thread, done, kRangeBlocks);
      TakeAll(again, whole);
    }
  }
  return blocks;
}

// Returns the first damage met.
template <typename Part, typename Whole>
absl::Status ReadEvents(const EventSource& source,
                        const std::function<std::unique_ptr<Part>()>& new_part, Whole& whole) {
  size_t done = AppendRanges(source, new_part, whole);
  workspace::EventCursor rest(source.reader, source.thread, done,
                              std::numeric_limits<size_t>::max());
  TakeAll(rest, whole, source.on_blocks);
  return rest.status();
}

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_EVENT_RANGES_H_
