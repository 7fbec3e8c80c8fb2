// The one lock of the recorder, for everything that is not a record: sessions, windows, metadata.
#ifndef OMNITRACE_RUNTIME_RECORDING_SECTION_H_
#define OMNITRACE_RUNTIME_RECORDING_SECTION_H_

#include <atomic>
#include <cstdint>

namespace omnitrace::recording {

// A futex; all zeros is unlocked, so that a forked child finds it free in wiped memory.
class Lock {
 public:
  void Acquire();
  void Release();

 private:
  std::atomic<uint32_t> state_;  // 0 free, 1 held, 2 held and waited for
};

// Blocks every signal of this thread for its life: a handler could jump out of it, or wait for
// what this thread holds.
class BlockedSignals {
 public:
  BlockedSignals();
  ~BlockedSignals();
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  uint64_t before_ = 0;
};

// Holds the lock, with signals blocked.
//
//   Section section(&lock);
class Section {
 public:
  explicit Section(Lock* lock) : lock_(lock) { lock_->Acquire(); }
  ~Section() { lock_->Release(); }
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

 private:
  BlockedSignals signals_;
  Lock* const lock_;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_SECTION_H_
