#include "runtime/recording/stable_memory.h"

#include <link.h>

#include "runtime/recording/system_calls.h"
#include "runtime/recording/text.h"

// Where the heap ends, of glibc: it moves when malloc gives memory back.
extern "C" __attribute__((weak)) void* __curbrk;

namespace omnitrace::recording {
namespace {

constexpr uint64_t kPage = 4096;
// Nothing but the main thread's stack lies so close below its start.
constexpr uint64_t kMostStack = 64 << 20;
constexpr int kMostSegments = 8;

struct Range {
  uint64_t first;
  uint64_t end;
  bool Has(uint64_t address, uint64_t size) const {
    return address >= first && address <= end && size <= end - address;
  }
};

// Inherited by forked children, as the memory is.
OMNITRACE_CONSTINIT Range segments[kMostSegments] = {};
OMNITRACE_CONSTINIT int segment_count = 0;
OMNITRACE_CONSTINIT uint64_t heap_start = 0;
OMNITRACE_CONSTINIT uint64_t stack_end = 0;

void AddSegment(uint64_t first, uint64_t size) {
  Range range = {first / kPage * kPage, (first + size + kPage - 1) / kPage * kPage};
  if (segment_count > 0 && segments[segment_count - 1].end == range.first) {
    segments[segment_count - 1].end = range.end;
  } else if (segment_count < kMostSegments) {
    segments[segment_count++] = range;
  }
}

// Of the executable, which is the first object and stays to the end.
int AddSegments(dl_phdr_info* object, size_t, void*) {
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = object->dlpi_phdr[i];
    if (header.p_type != PT_LOAD || (header.p_flags & PF_R) == 0) continue;
    AddSegment(object->dlpi_addr + header.p_vaddr, header.p_memsz);
  }
  return 1;
}

// Of /proc/self/stat, counted from 1; the second one, a name in parentheses, may be anything.
uint64_t StatField(std::string_view stat, int wanted) {
  size_t at = stat.size();
  while (at > 0 && stat[at - 1] != ')') --at;
  uint64_t number = 0;
  for (int field = 2; at < stat.size() && field <= wanted; ++at) {
    char c = stat[at];
    if (c == ' ') ++field;
    if (field == wanted && c >= '0' && c <= '9')
      number = number * 10 + static_cast<uint64_t>(c - '0');
  }
  return number;
}

}  // namespace

void FindStableMemory() {
  constexpr int kStackStart = 28, kHeapStart = 47;
  segment_count = 0;
  dl_iterate_phdr(AddSegments, nullptr);
  Path stat;
  stat.Resize(ReadFile("/proc/self/stat", stat.buffer(), Path::capacity()));
  stack_end = StatField(stat.view(), kStackStart);
  heap_start = StatField(stat.view(), kHeapStart);
}

bool IsStable(uint64_t address, uint64_t size) {
  if (&__curbrk != nullptr && heap_start != 0) {
    Range heap = {heap_start, reinterpret_cast<uint64_t>(__curbrk)};
    if (heap.Has(address, size)) return true;
  }
  auto stack = reinterpret_cast<uint64_t>(__builtin_frame_address(0));
  if (stack < stack_end && stack_end - stack < kMostStack) {
    if (Range{stack, stack_end}.Has(address, size)) return true;
  }
  for (int i = 0; i < segment_count; ++i) {
    if (segments[i].Has(address, size)) return true;
  }
  return false;
}

}  // namespace omnitrace::recording
