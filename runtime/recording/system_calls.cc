#include "runtime/recording/system_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "runtime/recording/copy.h"

namespace omnitrace::recording {

size_t ReadFile(const char* path, char* out, size_t size) {
  long opened = SystemCall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (Failed(opened)) return 0;
  long read = SystemCall(SYS_read, opened, out, size);
  SystemCall(SYS_close, opened);
  return Failed(read) ? 0 : static_cast<size_t>(read);
}

bool WriteAt(long descriptor, const void* data, uint64_t size, uint64_t offset) {
  const char* bytes = static_cast<const char*>(data);
  while (size > 0) {
    long result = SystemCall(SYS_pwrite64, descriptor, bytes, size, offset);
    if (result == -EINTR) continue;
    if (result <= 0) return false;
    uint64_t written = static_cast<uint64_t>(result);
    bytes += written;
    size -= written;
    offset += written;
  }
  return true;
}

bool IsWithinLimit(int resource, uint64_t amount) {
  struct rlimit limit;
  if (Failed(SystemCall(SYS_prlimit64, 0, resource, nullptr, &limit))) return true;
  return limit.rlim_cur == RLIM_INFINITY || amount <= limit.rlim_cur;
}

uint64_t ProcessId() { return static_cast<uint64_t>(SystemCall(SYS_getpid)); }
uint64_t ThreadId() { return static_cast<uint64_t>(SystemCall(SYS_gettid)); }

}  // namespace omnitrace::recording
