#include "tools/model/contents.h"

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "tools/model/thread_calls.h"
#include "tools/support/build_id.h"

namespace omnitrace::tools {

Contents ContentsOf(const WorkspaceFile& file, const CallFilter& filter) {
  Contents contents;
  for (const workspace::Thread& thread : file.reader->threads()) {
    if (!filter.ShowsThread(thread)) continue;
    contents.threads.push_back({&thread, CountCalls(file, thread, filter)});
    contents.calls += contents.threads.back().calls;
  }
  for (const workspace::Function& function : file.reader->functions()) {
    if (filter.ShowsFunction(function)) contents.functions.push_back(&function);
  }
  return contents;
}

ProgramState CheckProgram(const workspace::Info& info) {
  if (info.build_id.empty()) return ProgramState::kUnknown;
  absl::StatusOr<std::string> now = ReadBuildId(info.program);
  if (!now.ok()) return ProgramState::kMissing;
  return absl::AsciiStrToLower(info.build_id) == *now ? ProgramState::kSame
                                                      : ProgramState::kChanged;
}

}  // namespace omnitrace::tools
