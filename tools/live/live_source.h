// Where a live process records its calls to.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_SOURCE_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_SOURCE_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/live_format.h"
#include "tools/live/live_file.h"

namespace omnitrace::tools {

// The path of its own recording, kLiveSource for the live file's events, or "" for nowhere yet.
inline constexpr char kLiveSource[] = "events";
std::string SourceOf(const LiveHeader& header);

absl::StatusOr<std::unique_ptr<workspace::ByteSource>> OpenSource(const LiveFile& file,
                                                                  const std::string& source);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_SOURCE_H_
