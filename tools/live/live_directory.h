// The functions and probes that a live process can be asked for, as its live file lists them.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_DIRECTORY_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_DIRECTORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace omnitrace::tools {

struct LiveFunction {
  uint64_t place;  // of its switch
  uint32_t flags;  // FunctionFlags
  std::string name, file;
  uint32_t line;
};

// `switches` are those of its process.
bool IsOn(const LiveFunction& function, const std::vector<uint8_t>& switches);

struct LiveInlined {
  uint64_t outer;
  std::vector<uint64_t> inner;
};

// Without what has been unloaded.
struct LiveDirectory {
  std::vector<LiveFunction> functions;
  std::vector<LiveInlined> inlined;
};

// Of the bytes at kLiveDirectory, which anybody may have written. An error with the offset in the
// file when they are damaged.
absl::StatusOr<LiveDirectory> ParseLiveDirectory(absl::string_view bytes);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_DIRECTORY_H_
