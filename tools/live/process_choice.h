// Which of the traced processes a command is about.
#ifndef OMNITRACE_TOOLS_LIVE_PROCESS_CHOICE_H_
#define OMNITRACE_TOOLS_LIVE_PROCESS_CHOICE_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/live/live_process.h"
#include "tools/support/command_line.h"

namespace omnitrace::tools {

inline constexpr Option kProcessOptions[] = {
    {'p', "pid", "PID", "the process PID; may be repeated"},
    {'t', "title", "GLOB", "processes whose title, or else name, matches GLOB; may be repeated"},
};
inline constexpr OptionGroup kProcessGroup = {"Processes", kProcessOptions};

// All of the user's when it names none.
struct ProcessChoice {
  std::set<uint64_t> pids;
  std::vector<std::string> titles;  // globs

  bool IsAll() const { return pids.empty() && titles.empty(); }
};
absl::StatusOr<ProcessChoice> ChoiceOf(const CommandLine& line);

// Those that run now, in order of their ids. What is wrong with others goes to `problems`.
std::vector<LiveProcess> FindChosen(const ProcessChoice& choice,
                                    std::vector<absl::Status>* problems);

// Why there is nothing to be seen of a process that was named.
absl::Status NotTraced(uint64_t pid);

// Those that the options name; all of the user's when they name none. An error when there is none,
// or one that was named isn't traced, or is another user's.
absl::StatusOr<std::vector<LiveProcess>> ChooseProcesses(const CommandLine& line);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_PROCESS_CHOICE_H_
