#include "runtime/recording/system_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "runtime/recording/copy.h"

namespace omnitrace::recording {

void* MapMemory(size_t bytes) {
  long memory = SystemCall(SYS_mmap, nullptr, bytes, PROT_READ | PROT_WRITE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);
  return Failed(memory) ? nullptr : reinterpret_cast<void*>(memory);
}

void* MapMemoryWipedByFork(size_t bytes) {
  void* memory = MapMemory(bytes);
  if (memory == nullptr) return nullptr;
  if (!Failed(SystemCall(SYS_madvise, memory, bytes, MADV_WIPEONFORK))) return memory;
  UnmapMemory(memory, bytes);
  return nullptr;
}

void UnmapMemory(void* memory, size_t bytes) { SystemCall(SYS_munmap, memory, bytes); }

bool MakePrivate(void* pages, size_t bytes) {
  void* copy = MapMemory(bytes);
  if (copy == nullptr) return false;
  CopyBytes(static_cast<char*>(copy), static_cast<const char*>(pages), bytes);
  return !Failed(SystemCall(SYS_mremap, copy, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, pages));
}

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
