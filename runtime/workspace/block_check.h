// What can be said of one block of calls without those around it.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_BLOCK_CHECK_H_
#define OMNITRACE_RUNTIME_WORKSPACE_BLOCK_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/workspace/block_parser.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/metadata.h"
#include "runtime/workspace/problem.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/time_scale.h"
#include "runtime/workspace/value_checker.h"

namespace omnitrace::workspace {

struct BlockCheck {
  static constexpr size_t kMostProblems = 1000;

  // Calls of earlier blocks that end in this one: one, or all from a depth on.
  struct FarEnd {
    uint64_t offset;
    uint32_t depth;
    uint32_t function;  // 0: any
  };

  std::optional<Problem> unreadable;  // then nothing else is known
  BlockHeader header = {};
  std::vector<Problem> problems;  // of records, by offset; the first kMostProblems
  uint64_t problem_count = 0;
  std::optional<Problem> last;  // where the records end too early, or aren't what the header says
  bool whole = false;           // read to its end
  uint64_t records = 0;
  uint32_t calls = 0;
  uint64_t end = 0;  // nanoseconds, when there are records
  std::vector<FarEnd> far_ends;
  std::vector<uint32_t> open;  // functions of its calls that don't end in it
};

class BlockChecker {
 public:
  // All arguments are of one file, and must outlive the checker.
  BlockChecker(const ByteSource& source, const Metadata& metadata, const RecordLayouts& layouts,
               const TimeScale& scale, const Reader& reader)
      : source_(source),
        metadata_(metadata),
        layouts_(layouts),
        scale_(scale),
        values_(reader, metadata, layouts) {}

  // Several threads may check at once.
  BlockCheck Check(const Block& block) const;

 private:
  void CheckRecords(BlockParser* parser, BlockCheck* check) const;
  std::string WrongIn(const Event& event) const;

  const ByteSource& source_;
  const Metadata& metadata_;
  const RecordLayouts& layouts_;
  const TimeScale& scale_;
  const ValueChecker values_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_BLOCK_CHECK_H_
