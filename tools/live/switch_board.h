// Turns functions on and off in a live process.
#ifndef OMNITRACE_TOOLS_LIVE_SWITCH_BOARD_H_
#define OMNITRACE_TOOLS_LIVE_SWITCH_BOARD_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/live/live_process.h"

namespace omnitrace::tools {

// How many functions the globs match. As omnitrace::trace() and untrace() do it in the process
// itself; the functions that they were inlined into follow (description.h). One tool at a time:
// another one is waited for.
absl::StatusOr<uint64_t> SwitchFunctions(const LiveProcess& process, absl::string_view globs,
                                         bool on);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_SWITCH_BOARD_H_
