#include "runtime/recording/inlined_switches.h"

#include "runtime/workspace/description.h"
#include "runtime/workspace/live_format.h"

namespace omnitrace::recording {
namespace {

// Beside kSwitchInlined while that is worked out: a function that stays on must not look off at any
// moment, and the section's order needs no memory.
constexpr uint8_t kSwitchStays = 4;
constexpr uint8_t kSwitchHolds = kSwitchOn | kSwitchStays | kLiveObserverBits;

uint8_t Bits(const uint8_t* enabled) { return __atomic_load_n(enabled, __ATOMIC_RELAXED); }

// One pass; whether it found anything. Callees stand in front of callers, as they were inlined, so
// that a few passes are enough.
bool SpreadOnce(InlinedRange inlined) {
  bool found = false;
  ForEachInlined(inlined, [&](uint8_t* outer, const int32_t* word, const int32_t* last) {
    for (; word < last && (Bits(outer) & kSwitchStays) == 0; ++word) {
      if ((Bits(SwitchAt(word)) & kSwitchHolds) == 0) continue;
      SetBits(outer, kSwitchStays, true);
      found = true;
    }
  });
  return found;
}

}  // namespace

void SetBits(uint8_t* enabled, uint8_t bits, bool on) {
  if (on) {
    __atomic_fetch_or(enabled, bits, __ATOMIC_RELAXED);
  } else {
    __atomic_fetch_and(enabled, static_cast<uint8_t>(~bits), __ATOMIC_RELAXED);
  }
}

void SpreadSwitches(InlinedRange inlined) {
  while (SpreadOnce(inlined)) {
  }
  // In two steps, as an outer switch may have an entry from each unit.
  ForEachInlined(inlined, [](uint8_t* outer, const int32_t*, const int32_t*) {
    SetBits(outer, kSwitchInlined, (Bits(outer) & kSwitchStays) != 0);
  });
  ForEachInlined(inlined, [](uint8_t* outer, const int32_t*, const int32_t*) {
    SetBits(outer, kSwitchStays, false);
  });
}

}  // namespace omnitrace::recording
