// Traced processes that run, and which of them a command is about.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_PROCESS_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_PROCESS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/live/live_file.h"
#include "tools/support/command_line.h"

namespace omnitrace::tools {

struct LiveProcess {
  uint64_t pid;
  std::unique_ptr<LiveFile> file;
};

inline constexpr Option kProcessOptions[] = {
    {'p', "pid", "PID", "the process PID; may be repeated"},
    {'t', "title", "GLOB", "processes whose title, or else name, matches GLOB; may be repeated"},
};
inline constexpr OptionGroup kProcessGroup = {"Processes", kProcessOptions};

// What the program calls itself by omnitrace::set_title, or else by prctl, which is its name first.
std::string TitleOf(const LiveProcess& process, const LiveHeader& header);

// Those that the options name; all of the user's when they name none. An error when there is none,
// or one that was named isn't traced, or is another user's.
absl::StatusOr<std::vector<LiveProcess>> ChooseProcesses(const CommandLine& line);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_PROCESS_H_
