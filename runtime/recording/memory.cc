#include "runtime/recording/memory.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include <cstdint>

#include "runtime/recording/copy.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

constexpr uint64_t kPage = 4096;
// Some 40 threads' call frames. Programs that limit their addresses need them themselves.
constexpr uint64_t kReservedBytes = uint64_t{1} << 30;
constexpr uint64_t kManyAddresses = 64 * kReservedBytes;

// [first page, next) is readable and writable, what is behind is not: a program that locks all of
// its memory (mlockall) is not to lock that. The kernel has them as two mappings from the start.
struct Reserve {
  char* next;
  char* end;
};
OMNITRACE_CONSTINIT Reserve reserve = {};

void* MapPages(size_t bytes, int protection) {
  long memory = SystemCall(SYS_mmap, nullptr, bytes, protection,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);
  return Failed(memory) ? nullptr : reinterpret_cast<void*>(memory);
}

void* TakeReserved(size_t bytes) {
  bytes = (bytes + kPage - 1) / kPage * kPage;
  // The last page stays as it is, and with it the number of mappings.
  if (reserve.next == nullptr || bytes + kPage > static_cast<size_t>(reserve.end - reserve.next))
    return nullptr;
  char* memory = reserve.next;
  if (Failed(SystemCall(SYS_mprotect, memory, bytes, PROT_READ | PROT_WRITE))) return nullptr;
  reserve.next += bytes;
  return memory;
}

}  // namespace

void* MapMemory(size_t bytes) {
  void* memory = TakeReserved(bytes);
  return memory != nullptr ? memory : MapPages(bytes, PROT_READ | PROT_WRITE);
}

void ReserveAddresses() {
  bool spare =
      IsWithinLimit(RLIMIT_AS, kManyAddresses) && IsWithinLimit(RLIMIT_DATA, kManyAddresses);
  if (reserve.next != nullptr || !spare) return;
  char* memory = static_cast<char*>(MapPages(kReservedBytes, PROT_NONE));
  if (memory == nullptr) return;
  SystemCall(SYS_mprotect, memory, kPage, PROT_READ | PROT_WRITE);
  reserve = {memory + kPage, memory + kReservedBytes};
}

void* MapMemoryWipedByFork(size_t bytes) {
  void* memory = MapPages(bytes, PROT_READ | PROT_WRITE);
  if (memory == nullptr) return nullptr;
  if (!Failed(SystemCall(SYS_madvise, memory, bytes, MADV_WIPEONFORK))) return memory;
  UnmapMemory(memory, bytes);
  return nullptr;
}

void UnmapMemory(void* memory, size_t bytes) { SystemCall(SYS_munmap, memory, bytes); }

bool MakePrivate(void* pages, size_t bytes) {
  void* copy = MapPages(bytes, PROT_READ | PROT_WRITE);
  if (copy == nullptr) return false;
  CopyBytes(static_cast<char*>(copy), static_cast<const char*>(pages), bytes);
  return !Failed(SystemCall(SYS_mremap, copy, bytes, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, pages));
}

}  // namespace omnitrace::recording
