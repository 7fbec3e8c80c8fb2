// How often the calls of each function were recorded, for those who ask a live process. A thread
// counts in memory of its own, as one counter for all threads would cost four that call the same
// function more than the rest of the record. With each block that it completes, what it has counted
// is added to the numbers in the live file; the rest is what its window holds.
#ifndef OMNITRACE_RUNTIME_RECORDING_HIT_COUNTS_H_
#define OMNITRACE_RUNTIME_RECORDING_HIT_COUNTS_H_

#include <cstdint>

namespace omnitrace::recording {

// Functions with higher ids aren't counted.
inline constexpr uint32_t kMostHitFunctions = 1 << 16;

// Where the numbers of a recording's functions lie in the live file. All zeros counts nothing.
class HitPlaces {
 public:
  // With the session's lock held, like Add(). Threads of an earlier recording of this object may
  // be in the middle of HitCounts::AddTo().
  void Start();
  // `number` is null for one that isn't counted.
  void Add(uint32_t id, uint64_t* number);

  // By any thread: behind the highest id that there is.
  uint32_t end() const { return __atomic_load_n(&end_, __ATOMIC_ACQUIRE); }
  uint64_t* Find(uint32_t id) const { return __atomic_load_n(&numbers_[id], __ATOMIC_RELAXED); }

 private:
  uint64_t** numbers_;  // by id
  uint32_t end_;
};

// Of one thread. All zeros is closed.
class HitCounts {
 public:
  // Empty, whatever was counted before. False when there is no memory.
  bool Open();

  // By the thread itself. Those that aren't counted share the place of id 0, which nobody reads: a
  // jump less.
  void Add(uint32_t id) { ++counted_[id < kMostHitFunctions ? id : 0]; }
  void TakeBack(uint32_t id) { --counted_[id < kMostHitFunctions ? id : 0]; }

  // Adds what is new to the numbers. By any thread, while this one goes on counting: of two that do
  // so at once, one may add what the other one had, and that one a number below zero.
  void AddTo(const HitPlaces& places);

 private:
  void AddTo(uint32_t id, uint64_t* number);

  uint32_t* counted_;
  uint32_t* taken_;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_HIT_COUNTS_H_
