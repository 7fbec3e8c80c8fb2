// The workspaces that a command looks at, on one time line.
#ifndef OMNITRACE_TOOLS_MODEL_WORKSPACE_SET_H_
#define OMNITRACE_TOOLS_MODEL_WORKSPACE_SET_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/workspace/reader.h"
#include "tools/model/function_names.h"

namespace omnitrace::tools {

struct WorkspaceFile {
  std::unique_ptr<workspace::Reader> reader;
  std::unique_ptr<FunctionNames> names;
  uint64_t start = 0;  // nanoseconds after the start of the earliest file of the set
};

class WorkspaceSet {
 public:
  // `paths` as in ExpandPaths. Fails when nothing can be opened.
  static absl::StatusOr<WorkspaceSet> Open(absl::Span<const std::string> paths);
  static absl::StatusOr<WorkspaceSet> FromReaders(
      std::vector<std::unique_ptr<workspace::Reader>> readers);

  // In order of their start.
  const std::vector<WorkspaceFile>& files() const { return files_; }
  // Sum of the files' sizes.
  uint64_t bytes() const;
  // What could not be opened, or had to be left out of the files: the first of it, and how much
  // more there is. To be reported after what is good.
  absl::Status damage() const;

 private:
  std::vector<WorkspaceFile> files_;
  std::vector<absl::Status> unopened_;
};

// The files that a command's operands stand for: directories stand for all workspaces in them, no
// operands for the newest workspace in the working directory.
absl::StatusOr<std::vector<std::string>> ExpandPaths(absl::Span<const std::string> paths);

// The workspaces among the files of `directory` (found by their first bytes), newest first.
absl::StatusOr<std::vector<std::string>> FindWorkspaces(const std::string& directory);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_WORKSPACE_SET_H_
