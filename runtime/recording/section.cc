#include "runtime/recording/section.h"

#include <linux/futex.h>
#include <signal.h>

#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {

void Lock::Acquire() {
  uint32_t expected = 0;
  if (state_.compare_exchange_strong(expected, 1, std::memory_order_acquire)) return;
  while (state_.exchange(2, std::memory_order_acquire) != 0) {
    SystemCall(SYS_futex, &state_, FUTEX_WAIT_PRIVATE, 2, nullptr);
  }
}

void Lock::Release() {
  if (state_.exchange(0, std::memory_order_release) != 2) return;
  SystemCall(SYS_futex, &state_, FUTEX_WAKE_PRIVATE, 1);
}

BlockedSignals::BlockedSignals() {
  uint64_t all = ~uint64_t{0};
  SystemCall(SYS_rt_sigprocmask, SIG_BLOCK, &all, &before_, sizeof(all));
}

BlockedSignals::~BlockedSignals() {
  SystemCall(SYS_rt_sigprocmask, SIG_SETMASK, &before_, nullptr, sizeof(before_));
}

}  // namespace omnitrace::recording
