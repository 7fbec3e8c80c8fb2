#include "runtime/recording/site_switch.h"

#include <atomic>

#include "runtime/recording/inlined_switches.h"
#include "runtime/recording/process_options.h"
#include "runtime/recording/registry.h"
#include "runtime/recording/system_calls.h"
#include "runtime/recording/text.h"
#include "runtime/recording/thread_log.h"
#include "runtime/workspace/glob.h"

namespace omnitrace::recording {
namespace {

// Once is enough: an object may have thousands of probes.
OMNITRACE_CONSTINIT std::atomic<bool> complained{false};

void SetRegistration(Site* site, bool on) {
  if (on) {
    __atomic_fetch_and(&site->registration, ~kRegistrationOff, __ATOMIC_RELAXED);
  } else {
    __atomic_fetch_or(&site->registration, kRegistrationOff, __ATOMIC_RELAXED);
  }
}

}  // namespace

void SwitchSite(Site* site, bool on) {
  SetRegistration(site, on || HasSwitchBits(*site, kLiveObserverBits));
  if (site->enabled != nullptr) SetBits(site->enabled, kSwitchOn, on);
}

void FollowSwitch(Site* site) {
  bool off = (LoadRegistration(site) & kRegistrationOff) != 0;
  if (site->enabled != nullptr && IsSwitchedOn(*site) == off) SetRegistration(site, off);
}

bool IsOwn(const Site& site) {
  if (site.enabled != nullptr) return HasSwitchBits(site, kSwitchOn);
  return (LoadRegistration(&site) & kRegistrationOff) == 0;
}

bool StartsOn(const Site& site, bool standby) {
  const Options& options = GetOptions();
  bool on = options.mode == Mode::kAsBuilt ? !standby : options.mode == Mode::kRecord;
  return on && (options.only == nullptr || GlobMatches(options.only, NameOf(site)));
}

bool IsOurInterface(uint32_t abi_version) {
  if (abi_version == kAbiVersion) return true;
  if (complained.exchange(true, std::memory_order_relaxed)) return false;
  Message error;
  error << "an object was compiled for interface version " << uint64_t{abi_version}
        << ", but this library has version " << uint64_t{kAbiVersion}
        << "; rebuild it; it runs untraced";
  Complain(error);
  return false;
}

void ForgetRegistration(Site* site, uint64_t epoch) {
  if ((LoadRegistration(site) & kEpochMask) == epoch) return;
  __atomic_fetch_and(&site->registration, kRegistrationOff, __ATOMIC_RELAXED);
}

}  // namespace omnitrace::recording
