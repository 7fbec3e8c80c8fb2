#include "tools/live/live_process.h"

#include "tools/live/process_facts.h"

namespace omnitrace::tools {

std::string TitleOf(const LiveProcess& process, const LiveHeader& header) {
  std::string title = LiveText(header.title);
  return title.empty() ? NameOf(process.pid) : title;
}

}  // namespace omnitrace::tools
