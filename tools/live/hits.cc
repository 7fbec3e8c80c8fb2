#include "tools/live/hits.h"

#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "runtime/workspace/reader.h"
#include "runtime/workspace/status_macros.h"
#include "tools/live/live_source.h"

namespace omnitrace::tools {
namespace {

using workspace::Event;
using workspace::EventCursor;
using workspace::Reader;

// By name, file and line, as ids are a recording's own.
using FunctionKey = std::tuple<std::string, std::string, uint32_t>;
using WindowHits = absl::flat_hash_map<FunctionKey, uint64_t>;

void CountWindow(const Reader& reader, uint32_t thread, size_t block, WindowHits* hits) {
  EventCursor cursor(reader, thread, block, 1);
  while (cursor.Next()) {
    if (cursor.event().kind != Event::Kind::kEnter) continue;
    const workspace::Function& function = reader.function(cursor.event().function);
    ++(*hits)[FunctionKey(function.name, function.file, function.line)];
  }
}

// Of blocks that aren't completed. A recording that isn't there any more has none, and who has
// ended it has counted them.
absl::StatusOr<WindowHits> CountWindows(const LiveFile& file) {
  WindowHits hits;
  ASSIGN_OR_RETURN(LiveHeader header, file.ReadHeader());
  std::string path = SourceOf(header);
  if (path.empty() || static_cast<LiveState>(header.state) == LiveState::kEnded) return hits;
  absl::StatusOr<std::unique_ptr<workspace::ByteSource>> source = OpenSource(file, path);
  if (!source.ok()) return hits;
  absl::StatusOr<std::unique_ptr<Reader>> reader = Reader::Open(*std::move(source));
  if (!reader.ok()) return hits;
  for (const workspace::Thread& thread : (*reader)->threads()) {
    const std::vector<workspace::Block>& blocks = (*reader)->blocks(thread.index);
    for (size_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].window) CountWindow(**reader, thread.index, i, &hits);
    }
  }
  return hits;
}

}  // namespace

absl::StatusOr<absl::flat_hash_map<uint64_t, uint64_t>> ReadHits(const LiveFile& file,
                                                                 const LiveDirectory& directory) {
  constexpr int kMostTries = 4;
  ASSIGN_OR_RETURN(std::vector<uint64_t> numbers, file.ReadHits());
  WindowHits windows;
  // A block that is completed meanwhile is in both, or in neither.
  for (int i = 0; i < kMostTries; ++i) {
    ASSIGN_OR_RETURN(windows, CountWindows(file));
    ASSIGN_OR_RETURN(std::vector<uint64_t> again, file.ReadHits());
    if (std::exchange(numbers, std::move(again)) == numbers) break;
  }
  absl::flat_hash_map<uint64_t, uint64_t> hits;
  for (const LiveFunction& function : directory.functions) {
    uint64_t number = function.place < numbers.size() ? numbers[function.place] : 0;
    auto window = windows.find(FunctionKey(function.name, function.file, function.line));
    if (window != windows.end()) number += std::exchange(window->second, 0);
    if (number != 0) hits[function.place] = number;
  }
  return hits;
}

}  // namespace omnitrace::tools
