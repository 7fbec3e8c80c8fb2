// A traced process that runs.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_PROCESS_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_PROCESS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "tools/live/live_file.h"

namespace omnitrace::tools {

struct LiveProcess {
  uint64_t pid;
  std::unique_ptr<LiveFile> file;
};

// What the program calls itself by omnitrace::set_title, or else by prctl, which is its name first.
std::string TitleOf(const LiveProcess& process, const LiveHeader& header);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_PROCESS_H_
