// Checks everything that can be checked in a workspace: headers, checksums, records, the encoding
// of every value, ids, depths, time, and that no block is missing.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_VERIFIER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_VERIFIER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "runtime/workspace/block_check.h"
#include "runtime/workspace/problem.h"
#include "runtime/workspace/reader.h"

namespace omnitrace::workspace {

struct Verification {
  // A file that is damaged all over needs no longer list.
  static constexpr size_t kMostProblems = BlockCheck::kMostProblems;

  uint64_t blocks = 0;   // of calls and of metadata
  uint64_t records = 0;  // of calls
  uint64_t calls = 0;
  uint64_t problem_count = 0;
  std::vector<Problem> problems;  // by offset; the first kMostProblems that were met
};

class Verifier {
 public:
  // `progress` is told, now and then, how many of the file's blocks are done. The
  // number of threads doesn't show; 0: as many as pay.
  explicit Verifier(const Reader& reader,
                    std::function<void(uint64_t done, uint64_t blocks)> progress = {},
                    size_t threads = 0);

  Verification Run();

 private:
  class StreamChecker;

  void CheckFileHeader();
  void CheckBlockHeader(const Block& block, const BlockHeader& header);
  void CheckMetadata();
  void CheckStream(uint32_t thread);
  void Report(Problem problem);

  const Reader& reader_;
  const std::function<void(uint64_t, uint64_t)> progress_;
  const size_t threads_;
  Verification result_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_VERIFIER_H_
