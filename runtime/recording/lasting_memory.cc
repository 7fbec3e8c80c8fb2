#include "runtime/recording/lasting_memory.h"

#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

struct Range {
  uint64_t first, end;

  bool Has(uint64_t address, uint64_t size) const {
    return address >= first && address < end && size <= end - address;
  }
};

constexpr uint32_t kMostSegments = 8;
OMNITRACE_CONSTINIT Range segments[kMostSegments] = {};
OMNITRACE_CONSTINIT uint32_t segment_count = 0;
OMNITRACE_CONSTINIT uint64_t heap_start = 0;

// The executable is the first object.
int AddSegments(dl_phdr_info* object, size_t, void*) {
  for (int i = 0; i < object->dlpi_phnum && segment_count < kMostSegments; ++i) {
    const ElfW(Phdr)& header = object->dlpi_phdr[i];
    if (header.p_type != PT_LOAD || (header.p_flags & PF_R) == 0) continue;
    uint64_t first = object->dlpi_addr + header.p_vaddr;
    segments[segment_count++] = {first, first + header.p_memsz};
  }
  return 1;
}

// A field of /proc/self/stat, counted from 1 as proc(5) does; 0 when it can't be read.
uint64_t StatField(int wanted) {
  long opened = SystemCall(SYS_openat, AT_FDCWD, "/proc/self/stat", O_RDONLY | O_CLOEXEC);
  if (Failed(opened)) return 0;
  char text[1024];
  long size = SystemCall(SYS_read, opened, text, sizeof(text));
  SystemCall(SYS_close, opened);
  if (Failed(size)) return 0;
  // The second one, a name in parentheses, may have anything in it.
  long at = size;
  while (at > 0 && text[at - 1] != ')') --at;
  int field = 2;
  for (; at < size && field < wanted; ++at) field += text[at] == ' ' ? 1 : 0;
  uint64_t value = 0;
  for (; at < size && text[at] >= '0' && text[at] <= '9'; ++at) {
    value = value * 10 + static_cast<uint64_t>(text[at] - '0');
  }
  return value;
}

}  // namespace

void FindLastingMemory() {
  constexpr int kStartOfHeap = 47;
  if (segment_count != 0) return;
  dl_iterate_phdr(AddSegments, nullptr);
  heap_start = StatField(kStartOfHeap);
}

bool IsLastingMemory(uint64_t address, uint64_t size) {
  // Without a change of the heap's size this calls nothing.
  Range heap = {heap_start, reinterpret_cast<uint64_t>(sbrk(0))};
  if (heap_start != 0 && heap.Has(address, size)) return true;
  for (uint32_t i = 0; i < segment_count; ++i) {
    if (segments[i].Has(address, size)) return true;
  }
  return false;
}

}  // namespace omnitrace::recording
