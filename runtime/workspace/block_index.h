// Where the blocks of a workspace lie, from their headers alone, and the reading of one of them.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_BLOCK_INDEX_H_
#define OMNITRACE_RUNTIME_WORKSPACE_BLOCK_INDEX_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/problem.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/time_scale.h"

namespace omnitrace::workspace {

// The blocks of every stream, in order of their sequence. A stream is a thread's calls, or the
// metadata as thread 0. Of a live window and its appended copy only one is listed. Missing blocks
// are problems, except before a stream's first: a recording may keep its last blocks only.
struct BlockIndex {
  std::map<uint32_t, std::vector<Block>> streams;
  std::vector<Problem> problems;
  uint64_t slots = 0;   // read, slot 0 included
  uint64_t blocks = 0;  // listed
};

// What is wrong with the header of a block at `offset`; nothing when it can be used.
std::optional<Problem> CheckBlockHeader(uint64_t offset, const BlockHeader& header);

BlockIndex ScanBlocks(const ByteSource& source, const FileHeader& header, const TimeScale& scale);

// A block read into memory. The buffer is reused by the next Read.
class BlockBuffer {
 public:
  // Reads what `block` describes and checks it. Nothing is wrong when there is no Problem.
  std::optional<Problem> Read(const ByteSource& source, const Block& block);

  const BlockHeader& header() const { return header_; }
  absl::string_view payload() const { return payload_; }

 private:
  std::optional<Problem> ReadHeader(const ByteSource& source, const Block& block);

  BlockHeader header_ = {};
  std::string payload_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_BLOCK_INDEX_H_
