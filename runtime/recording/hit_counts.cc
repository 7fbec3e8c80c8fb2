#include "runtime/recording/hit_counts.h"

#include <sys/mman.h>

#include "runtime/recording/memory.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// Most functions weren't called since the last block; with 10,000 of them one by one would take as
// long as a twentieth of the block's calls.
constexpr uint32_t kAtOnce = 8;
static_assert(kMostHitFunctions % kAtOnce == 0);

constexpr size_t kBytes = 2 * kMostHitFunctions * sizeof(uint32_t);

void SetZero(uint32_t* numbers) {
  for (uint32_t i = 0; i < 2 * kMostHitFunctions; ++i) numbers[i] = 0;
}

bool AreSame(const uint32_t* a, const uint32_t* b) {
  uint64_t difference = 0;
  for (uint32_t i = 0; i < kAtOnce; i += 2) {
    uint64_t x, y;
    __builtin_memcpy(&x, a + i, sizeof(x));
    __builtin_memcpy(&y, b + i, sizeof(y));
    difference |= x ^ y;
  }
  return difference == 0;
}

}  // namespace

void HitPlaces::Start() {
  __atomic_store_n(&end_, 0, __ATOMIC_RELEASE);
  if (numbers_ == nullptr) {
    numbers_ = static_cast<uint64_t**>(MapMemory(kMostHitFunctions * sizeof(uint64_t*)));
  }
}

void HitPlaces::Add(uint32_t id, uint64_t* number) {
  if (numbers_ == nullptr || id >= kMostHitFunctions) return;
  __atomic_store_n(&numbers_[id], number, __ATOMIC_RELAXED);
  if (id >= end_) __atomic_store_n(&end_, id + 1, __ATOMIC_RELEASE);
}

bool HitCounts::Open() {
  if (counted_ != nullptr) {
    // Memory that the program has locked isn't given back.
    if (Failed(SystemCall(SYS_madvise, counted_, kBytes, MADV_DONTNEED))) SetZero(counted_);
    return true;
  }
  counted_ = static_cast<uint32_t*>(MapMemory(kBytes));
  taken_ = counted_ + kMostHitFunctions;
  return counted_ != nullptr;
}

void HitCounts::AddTo(const HitPlaces& places) {
  uint32_t end = places.end();
  for (uint32_t first = 0; first < end; first += kAtOnce) {
    if (AreSame(counted_ + first, taken_ + first)) continue;
    for (uint32_t id = first; id < first + kAtOnce && id < end; ++id) {
      uint64_t* number = places.Find(id);
      if (number != nullptr) AddTo(id, number);
    }
  }
}

void HitCounts::AddTo(uint32_t id, uint64_t* number) {
  uint32_t counted = __atomic_load_n(&counted_[id], __ATOMIC_RELAXED);
  uint32_t taken = __atomic_exchange_n(&taken_[id], counted, __ATOMIC_RELAXED);
  // Both may have begun anew.
  auto hits = static_cast<int32_t>(counted - taken);
  if (hits != 0) __atomic_fetch_add(number, static_cast<int64_t>(hits), __ATOMIC_RELAXED);
}

}  // namespace omnitrace::recording
