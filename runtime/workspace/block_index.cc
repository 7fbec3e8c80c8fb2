#include "runtime/workspace/block_index.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "runtime/workspace/block_parser.h"
#include "runtime/workspace/coding.h"

namespace omnitrace::workspace {

std::optional<Problem> CheckBlockHeader(uint64_t offset, const BlockHeader& header) {
  auto problem = [&](size_t field, auto... what) {
    return Problem{offset + field, absl::StrCat(what...)};
  };
  if (header.magic != kBlockMagic) {
    return problem(0, "block magic ", absl::Hex(header.magic), ", expected ",
                   absl::Hex(kBlockMagic));
  }
  if (header.start_checksum != StartChecksum(header)) {
    return problem(offsetof(BlockHeader, start_checksum), "block header checksum ",
                   absl::Hex(header.start_checksum), ", expected ",
                   absl::Hex(StartChecksum(header)));
  }
  bool calls = header.kind == BlockKind::kCalls;
  if (!calls && header.kind != BlockKind::kMetadata) {
    return problem(offsetof(BlockHeader, kind), "block kind ", static_cast<int>(header.kind),
                   ", expected 1 (calls) or 2 (metadata)");
  }
  if (calls != (header.thread != 0)) {
    return problem(offsetof(BlockHeader, thread), "thread ", header.thread, " in a block of ",
                   calls ? "calls, expected 1 or more" : "metadata, expected 0");
  }
  if (header.start_depth > kMostDepth) {
    return problem(offsetof(BlockHeader, start_depth), "depth ", header.start_depth,
                   ", expected at most ", kMostDepth);
  }
  if (header.length > kBlockPayload) {
    return problem(offsetof(BlockHeader, length), "payload of ", header.length,
                   " bytes, expected at most ", kBlockPayload);
  }
  return std::nullopt;
}

namespace {

// A block as its slot has it, before the choice among slots of equal sequence.
struct Candidate {
  Block block;
  bool window;
  bool cut;  // the file ends inside it
};

using Candidates = std::map<uint32_t, std::vector<Candidate>>;

Candidate MakeCandidate(const BlockHeader& header, uint64_t offset, uint64_t available,
                        const TimeScale& scale) {
  bool cut = header.length > available;
  bool sealed = (header.flags & kBlockSealed) != 0;
  Block block = {};
  block.offset = offset;
  block.thread = header.thread;
  block.sequence = header.sequence;
  block.start = scale.ToNanoseconds(header.start_ticks);
  block.first_call = header.first_call;
  block.start_depth = header.start_depth;
  block.gap = header.gap;
  block.sealed = sealed && !cut;
  block.window = (header.flags & kBlockWindow) != 0;
  block.least_depth = sealed ? header.least_depth : 0;
  block.calls = block.sealed ? header.calls : 0;
  block.length = cut ? static_cast<uint32_t>(available) : header.length;
  return {block, block.window, cut};
}

// The slot behind which there may be another block, from an empty one on.
uint64_t LastOfHole(const ByteSource& source, uint64_t offset, uint64_t size) {
  uint64_t next = std::min(source.NextData(offset + kBlockSize), size - 1) / kBlockSize;
  return std::max(offset, (next - 1) * kBlockSize);
}

// Reads every slot's header.
Candidates ReadHeaders(const ByteSource& source, const FileHeader& header, const TimeScale& scale,
                       BlockIndex* index) {
  Candidates candidates;
  // It may be cut meanwhile.
  const uint64_t size = source.size();
  int holes = 0;
  uint64_t offset = kBlockSize;
  for (; offset < size; offset += kBlockSize) {
    BlockHeader block = {};
    absl::StatusOr<size_t> got =
        source.ReadAt(offset, reinterpret_cast<char*>(&block), sizeof(block));
    if (!got.ok()) {
      index->problems.push_back({offset, std::string(got.status().message())});
      continue;
    }
    if (*got < sizeof(block)) {
      // A killed process leaves such a tail behind; the window still has the whole block.
      if (header.end == EndState::kRunning) continue;
      index->problems.push_back({offset, "the file ends inside a block's header"});
      continue;
    }
    if (block.magic == 0) {  // a hole: never written
      if (++holes > ByteSource::kManyHoles) offset = LastOfHole(source, offset, size);
      continue;
    }
    if (std::optional<Problem> problem = CheckBlockHeader(offset, block)) {
      index->problems.push_back(*std::move(problem));
      continue;
    }
    uint64_t available = size - offset - sizeof(block);
    candidates[block.thread].push_back(MakeCandidate(block, offset, available, scale));
  }
  index->slots = offset / kBlockSize;
  return candidates;
}

// Of several slots with one sequence: the window, which is whole while its copy may be half
// written; but the copy when a later sequence shows that the window has moved on since.
const Candidate& Choose(const std::vector<Candidate>& stream, size_t first, size_t end) {
  size_t chosen = first;
  bool moved_on = end < stream.size();
  for (size_t i = first; i < end; ++i) {
    if (!stream[i].cut && stream[i].window != moved_on) return stream[i];
    if (stream[chosen].cut && !stream[i].cut) chosen = i;
  }
  return stream[chosen];
}

// Of the last block.
void CountLeftOut(std::vector<Block>* listed) {
  if (listed->size() < 2) return;
  Block& block = listed->back();
  const Block& before = (*listed)[listed->size() - 2];
  uint64_t expected = before.first_call + before.calls;
  bool follows_gap = block.gap != 0 && block.first_call > expected;
  block.left_out = before.left_out + (follows_gap ? block.first_call - expected : 0);
}

void ListStream(std::vector<Candidate> stream, BlockIndex* index) {
  std::stable_sort(stream.begin(), stream.end(), [](const Candidate& a, const Candidate& b) {
    return a.block.sequence < b.block.sequence;
  });
  std::vector<Block>& listed = index->streams[stream.front().block.thread];
  for (size_t first = 0, end; first < stream.size(); first = end) {
    uint64_t sequence = stream[first].block.sequence;
    for (end = first; end < stream.size() && stream[end].block.sequence == sequence;) ++end;
    const Candidate& chosen = Choose(stream, first, end);
    auto report = [&](auto... what) {
      index->problems.push_back({chosen.block.offset, absl::StrCat(what...)});
    };
    bool twins = end - first == 2 && stream[first].window != stream[first + 1].window;
    if (end - first > 1 && !twins) {
      report(end - first, " blocks of thread ", chosen.block.thread, " have sequence ", sequence,
             ", expected one");
    }
    if (chosen.cut) {
      report("the file ends inside this block, after ", chosen.block.length, " bytes of it");
    }
    uint64_t expected = listed.empty() ? sequence : listed.back().sequence + 1;
    if (sequence != expected && chosen.block.gap == 0) {
      report("block ", sequence, " of thread ", chosen.block.thread, ", expected block ", expected,
             ": blocks are missing");
    }
    listed.push_back(chosen.block);
    CountLeftOut(&listed);
  }
  index->blocks += listed.size();
}

}  // namespace

BlockIndex ScanBlocks(const ByteSource& source, const FileHeader& header, const TimeScale& scale) {
  BlockIndex index;
  Candidates candidates = ReadHeaders(source, header, scale, &index);
  // A process that was killed, or that the disk had no room for, may have counted a slot that it
  // didn't come to write; what was meant for it is still in a window.
  if (header.end == EndState::kExited && header.slots > index.slots) {
    index.problems.push_back({source.size(), absl::StrCat("the file ends after ", index.slots,
                                                          " of ", header.slots, " slots")});
  }
  for (auto& [thread, stream] : candidates) ListStream(std::move(stream), &index);
  return index;
}

namespace {

Problem Overwritten(const Block& block) {
  return {block.offset,
          absl::StrCat("block ", block.sequence,
                       " was overwritten while it was being read; read the file again"),
          true};
}

}  // namespace

std::optional<Problem> BlockBuffer::ReadHeader(const ByteSource& source, const Block& block) {
  absl::StatusOr<size_t> got =
      source.ReadAt(block.offset, reinterpret_cast<char*>(&header_), sizeof(header_));
  if (!got.ok()) return Problem{block.offset, std::string(got.status().message())};
  bool same = *got == sizeof(header_) && header_.magic == kBlockMagic &&
              header_.thread == block.thread && header_.sequence == block.sequence;
  return same ? CheckBlockHeader(block.offset, header_) : Overwritten(block);
}

std::optional<Problem> BlockBuffer::Read(const ByteSource& source, const Block& block) {
  payload_.clear();
  if (std::optional<Problem> problem = ReadHeader(source, block)) return problem;
  payload_.resize(std::min(block.length, header_.length));
  uint32_t taken_back = header_.calls;
  uint64_t start = block.offset + sizeof(BlockHeader);
  absl::StatusOr<size_t> got = source.ReadAt(start, payload_.data(), payload_.size());
  if (!got.ok()) return Problem{start, std::string(got.status().message())};
  payload_.resize(*got);
  // A window that has moved on meanwhile shows it in its header.
  if (block.window) {
    if (std::optional<Problem> problem = ReadHeader(source, block)) return problem;
    bool open = (header_.flags & kBlockSealed) == 0;
    if (open && header_.calls != taken_back) return Overwritten(block);
  }
  if (!block.sealed) return std::nullopt;
  uint64_t expected = Checksum(payload_.data(), payload_.size(), block.sequence);
  if (header_.checksum == expected && header_.length == payload_.size()) return std::nullopt;
  return Problem{block.offset + offsetof(BlockHeader, checksum),
                 absl::StrCat("block checksum ", absl::Hex(header_.checksum), ", expected ",
                              absl::Hex(expected), " for ", header_.length, " bytes")};
}

}  // namespace omnitrace::workspace
