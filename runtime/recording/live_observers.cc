#include "runtime/recording/live_observers.h"

#include <sys/file.h>

#include "runtime/recording/live_file.h"
#include "runtime/recording/start_time.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

bool IsGone(const LiveObserver& observer) {
  uint64_t pid = __atomic_load_n(&observer.pid, __ATOMIC_RELAXED);
  return pid != 0 && StartTimeOf(pid) != __atomic_load_n(&observer.start_time, __ATOMIC_RELAXED);
}

// The bits of those that are gone, whose places are free then.
uint8_t ForgetTheGone(LiveHeader* live) {
  uint8_t bits = 0;
  for (uint32_t i = 0; i < kLiveObservers; ++i) {
    if (!IsGone(live->observers[i])) continue;
    bits |= LiveObserverBit(i);
    live->observers[i] = {};
  }
  return bits;
}

bool IsAnyGone(const LiveHeader& live) {
  for (const LiveObserver& observer : live.observers) {
    if (IsGone(observer)) return true;
  }
  return false;
}

}  // namespace

bool ReleaseObservers() {
  LiveFile* live = GetLiveFile();
  if (!live->is_open() || !IsAnyGone(*live->header())) return false;
  long descriptor = live->OpenAgain();
  if (Failed(descriptor)) return false;
  uint8_t bits = 0;
  // Closing the descriptor unlocks.
  if (!Failed(SystemCall(SYS_flock, descriptor, LOCK_EX | LOCK_NB))) {
    bits = ForgetTheGone(live->header());
    if (bits != 0) live->ClearSwitches(bits);
  }
  SystemCall(SYS_close, descriptor);
  return bits != 0;
}

}  // namespace omnitrace::recording
