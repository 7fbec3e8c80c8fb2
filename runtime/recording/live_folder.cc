#include "runtime/recording/live_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "runtime/recording/system_calls.h"
#include "runtime/workspace/live_folder.h"

namespace omnitrace::recording {
namespace {

// Neither a link, nor somebody else's, nor open to others: else who owns it could put a file of
// theirs in the place of ours.
long OpenPrivate(const Path& folder, uint64_t user) {
  long opened = SystemCall(SYS_openat, AT_FDCWD, folder.c_str(),
                           O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (Failed(opened)) return opened;
  struct stat status;
  long result = SystemCall(SYS_fstat, opened, &status);
  bool is_private = !Failed(result) && status.st_uid == user && (status.st_mode & 077) == 0;
  if (is_private) return opened;
  SystemCall(SYS_close, opened);
  return -EACCES;
}

long CreateIn(long folder, const Path& name) {
  constexpr int kFlags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY;
  long opened = SystemCall(SYS_openat, folder, name.c_str(), kFlags, 0600);
  if (opened == -EEXIST) {
    SystemCall(SYS_unlinkat, folder, name.c_str(), 0);
    opened = SystemCall(SYS_openat, folder, name.c_str(), kFlags, 0600);
  }
  // Whatever the umask says.
  if (!Failed(opened)) SystemCall(SYS_fchmod, opened, 0600);
  return opened;
}

}  // namespace

long CreateLiveFile(uint64_t pid, uint64_t start_time, Path* path) {
  auto user = static_cast<uint64_t>(SystemCall(SYS_geteuid));
  Path name;
  name << pid << "-" << start_time;
  long opened = -ENOENT;
  for (const LiveFolderRule& rule : kLiveFolders) {
    path->Clear();
    *path << rule.base << user << rule.name;
    // Where the folder around it isn't there, this fails, and so does the next one.
    SystemCall(SYS_mkdirat, AT_FDCWD, path->c_str(), 0700);
    long folder = OpenPrivate(*path, user);
    if (Failed(folder)) continue;
    opened = CreateIn(folder, name);
    SystemCall(SYS_close, folder);
    if (!Failed(opened)) break;
  }
  *path << "/" << name.view();
  return opened;
}

}  // namespace omnitrace::recording
