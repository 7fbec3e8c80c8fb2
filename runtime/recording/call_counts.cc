#include "runtime/recording/call_counts.h"

#include "runtime/recording/memory.h"

namespace omnitrace::recording {
namespace {

constexpr uint64_t kEntries = 1 << 18;
constexpr uint64_t kMostProbes = 64;

}  // namespace

bool CallCounts::Open() {
  entries_ = static_cast<Entry*>(MapMemory(kEntries * sizeof(Entry)));
  return entries_ != nullptr;
}

uint64_t CallCounts::Count(uint32_t caller, uint32_t callee) {
  if (entries_ == nullptr) return 1;
  uint64_t pair = uint64_t{caller} << 32 | callee;
  uint64_t place = (pair * 0x9e3779b97f4a7c15) >> 46;
  for (uint64_t probe = 0; probe < kMostProbes; ++probe) {
    Entry& entry = entries_[(place + probe) % kEntries];
    uint64_t found = 0;
    // Either takes the free entry or says whose it is.
    bool taken = __atomic_compare_exchange_n(&entry.pair, &found, pair, false, __ATOMIC_RELAXED,
                                             __ATOMIC_RELAXED);
    if (taken || found == pair) return __atomic_add_fetch(&entry.calls, 1, __ATOMIC_RELAXED);
  }
  return 1;
}

}  // namespace omnitrace::recording
