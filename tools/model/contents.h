// What a workspace is a recording of, before its calls are looked at one by one.
#ifndef OMNITRACE_TOOLS_MODEL_CONTENTS_H_
#define OMNITRACE_TOOLS_MODEL_CONTENTS_H_

#include <cstdint>
#include <vector>

#include "runtime/workspace/reader.h"
#include "tools/model/call_filter.h"
#include "tools/model/workspace_set.h"

namespace omnitrace::tools {

// What a file has, as far as a filter shows it.
struct Contents {
  struct ThreadCount {
    const workspace::Thread* thread;
    uint64_t calls;
  };
  std::vector<ThreadCount> threads;
  std::vector<const workspace::Function*> functions;
  uint64_t calls = 0;
};

// Pointers into `file`. Counts all calls when the filter is not empty, else hardly reads.
Contents ContentsOf(const WorkspaceFile& file, const CallFilter& filter);

// What the program is now, next to what was recorded.
enum class ProgramState { kSame, kChanged, kMissing, kUnknown };

// Reads the program's file.
ProgramState CheckProgram(const workspace::Info& info);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_CONTENTS_H_
