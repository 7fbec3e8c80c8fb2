#include "runtime/recording/pace.h"

namespace omnitrace::recording {
namespace {

constexpr uint64_t kSecond = 1'000'000'000;

}  // namespace

bool Pace::Allows(uint64_t bytes, uint64_t now) {
  if (!IsLimited()) return true;
  double seconds = static_cast<double>(bytes) / static_cast<double>(rate_);
  uint64_t takes = static_cast<uint64_t>(seconds * static_cast<double>(kSecond));
  uint64_t empty_at = __atomic_load_n(&empty_at_, __ATOMIC_RELAXED), then;
  do {
    if (empty_at > now + kSecond) return false;
    then = (empty_at > now ? empty_at : now) + takes;
  } while (!__atomic_compare_exchange_n(&empty_at_, &empty_at, then, true, __ATOMIC_RELAXED,
                                        __ATOMIC_RELAXED));
  return true;
}

}  // namespace omnitrace::recording
