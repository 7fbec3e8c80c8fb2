#include "runtime/recording/system_calls.h"

#include <sys/mman.h>

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

uint64_t ProcessId() { return static_cast<uint64_t>(SystemCall(SYS_getpid)); }
uint64_t ThreadId() { return static_cast<uint64_t>(SystemCall(SYS_gettid)); }

}  // namespace omnitrace::recording
