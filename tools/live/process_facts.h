// What the kernel says about a process.
#ifndef OMNITRACE_TOOLS_LIVE_PROCESS_FACTS_H_
#define OMNITRACE_TOOLS_LIVE_PROCESS_FACTS_H_

#include <sys/stat.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace omnitrace::tools {

// FOLDER/stat, of a process or of a task, from the third field on, which is the state: the second
// one, a name in parentheses, may hold anything. None when there is no such file.
std::vector<std::string> StatOf(const std::string& folder);

// Clock ticks since boot; nothing when there is no such process, or it has ended and its parent
// hasn't noticed yet. With its id, this names a process for ever: ids are used again.
std::optional<uint64_t> StartTimeOf(uint64_t pid);

// "" when it has none.
std::string NameOf(uint64_t pid);

// Nothing when there is no such process.
std::optional<uid_t> OwnerOf(uint64_t pid);

// Whether the process has this file mapped, which lies or lay at `path`; nothing when that may not
// be known.
std::optional<bool> HasMapped(uint64_t pid, const struct stat& file, const std::string& path);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_PROCESS_FACTS_H_
