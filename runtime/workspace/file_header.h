// The first bytes of a workspace, read and checked.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_FILE_HEADER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_FILE_HEADER_H_

#include "absl/status/statusor.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/format.h"

namespace omnitrace::workspace {

// InvalidArgument when `source` is no workspace, has another version, or a damaged header. Fields
// that the file's writer didn't know are 0.
absl::StatusOr<FileHeader> ReadFileHeader(const ByteSource& source);

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_FILE_HEADER_H_
