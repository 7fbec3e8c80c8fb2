// Where live files lie: in each of these folders that exists, whatever the environment says. Both
// are the user's alone, or they are not used.
//
//   /run/user/UID/omnitrace/PID-STARTTIME
//   /tmp/omnitrace-UID/PID-STARTTIME
#ifndef OMNITRACE_RUNTIME_WORKSPACE_LIVE_FOLDER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_LIVE_FOLDER_H_

#include <cstdint>

namespace omnitrace {

// A live folder is BASE UID NAME.
struct LiveFolderRule {
  const char* base;
  const char* name;
};
inline constexpr LiveFolderRule kLiveFolders[] = {
    {"/run/user/", "/omnitrace"},
    {"/tmp/omnitrace-", ""},
};

}  // namespace omnitrace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_LIVE_FOLDER_H_
