#include "runtime/recording/call_frames.h"

#include <fcntl.h>
#include <signal.h>

#include "runtime/recording/memory.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// Programs that switch stacks themselves would search at every switch, at 0.1 ms each.
constexpr uint32_t kMostSearches = 64;

struct Range {
  uintptr_t low = 0, high = 0;

  bool Has(uintptr_t address) const { return low <= address && address < high; }
};

// Reads /proc/self/maps through a small buffer, up to the mapping that has an address.
class MappingSearch {
 public:
  explicit MappingSearch(uintptr_t address) : address_(address) {}

  Range Find() {
    long opened = SystemCall(SYS_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY | O_CLOEXEC);
    if (Failed(opened)) return {};
    char buffer[1024];
    Range found;
    while (found.high == 0) {
      long size = SystemCall(SYS_read, opened, buffer, sizeof(buffer));
      if (Failed(size) || size == 0) break;
      for (long i = 0; i < size && found.high == 0; ++i) found = Take(buffer[i]);
    }
    SystemCall(SYS_close, opened);
    return found;
  }

 private:
  // A line is "low-high rwxp ...", in hexadecimal digits.
  Range Take(char character) {
    if (character == '\n') {
      place_ = Place::kLow;
      range_ = {};
    } else if (place_ == Place::kRest) {
      return {};
    } else if (character == '-') {
      place_ = Place::kHigh;
    } else if (character == ' ') {
      place_ = Place::kRest;
      if (range_.Has(address_)) return range_;
    } else {
      uintptr_t& bound = place_ == Place::kLow ? range_.low : range_.high;
      int digit = character <= '9' ? character - '0' : character - 'a' + 10;
      bound = bound << 4 | static_cast<uintptr_t>(digit);
    }
    return {};
  }

  enum class Place : uint8_t { kLow, kHigh, kRest };

  const uintptr_t address_;
  Place place_ = Place::kLow;
  Range range_;
};

}  // namespace

bool CallFrames::Open() {
  if (frames_ == nullptr) {
    frames_ = static_cast<CallFrame*>(MapMemory(kMost * (sizeof(CallFrame) + sizeof(uint64_t))));
  }
  if (frames_ == nullptr) return false;
  digests_ = reinterpret_cast<uint64_t*>(frames_ + kMost);
  frames_[0] = {UINTPTR_MAX, 0, 0};
  stack_low_ = stack_high_ = 0;
  searches_ = 0;
  return true;
}

bool CallFrames::KeepMarks() {
  if (marks_ == nullptr) marks_ = static_cast<EntryMark*>(MapMemory(kMost * sizeof(EntryMark)));
  return marks_ != nullptr;
}

bool CallFrames::OnOneStack(uintptr_t a, uintptr_t b) {
  Range known = {stack_low_, stack_high_};
  if (!known.Has(a) || !known.Has(b)) {
    if (searches_ >= kMostSearches) return false;
    ++searches_;
    known = MappingSearch(a).Find();
    stack_low_ = known.low;
    stack_high_ = known.high;
  }
  return known.Has(a) && known.Has(b);
}

// On another stack a frame above means nothing: a signal handler's, a fiber's. Only when the other
// one is the handlers' stack, and this is not a handler any more, a jump left it.
uint32_t CallFrames::DepthAt(uint32_t depth, const CallFrame& frame) {
  stack_t handlers = {};
  SystemCall(SYS_sigaltstack, nullptr, &handlers);
  if ((handlers.ss_flags & SS_ONSTACK) != 0) return depth;
  auto low = reinterpret_cast<uintptr_t>(handlers.ss_sp);
  Range alternate = {low, low + handlers.ss_size};
  while (depth > 0 && !IsInside(frame, depth)) {
    uintptr_t slot = frames_[depth].slot;
    if (!alternate.Has(slot) && !OnOneStack(frame.slot, slot)) break;
    --depth;
  }
  return depth;
}

}  // namespace omnitrace::recording
