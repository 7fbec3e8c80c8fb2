// What a Reader holds; shared with EventCursor and Verifier only.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_READER_STATE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_READER_STATE_H_

#include <memory>
#include <vector>

#include "runtime/workspace/block_index.h"
#include "runtime/workspace/block_parser.h"
#include "runtime/workspace/metadata.h"
#include "runtime/workspace/problem.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/time_scale.h"

namespace omnitrace::workspace {

struct Reader::State {
  // Reads everything but the blocks of calls, after `source` and `header`.
  void Load();
  void CheckFirstBlocks();
  bool KeepsLast() const { return metadata.Property("keep") == "last"; }
  // Makes `info` and `threads` of the rest.
  void Describe();

  std::unique_ptr<ByteSource> source;
  FileHeader header;
  TimeScale scale;
  BlockIndex index;
  Metadata metadata;
  RecordLayouts layouts;
  Info info;
  std::vector<Thread> threads;
  bool keeps_last = false;  // the recording threw old blocks of calls away
  std::vector<Problem> problems;
  std::vector<absl::Status> damage;  // the problems, as statuses
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_READER_STATE_H_
