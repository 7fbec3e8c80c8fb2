// Turning one function or probe on and off.
#ifndef OMNITRACE_RUNTIME_RECORDING_SITE_SWITCH_H_
#define OMNITRACE_RUNTIME_RECORDING_SITE_SWITCH_H_

#include <cstdint>

#include "runtime/workspace/description.h"
#include "runtime/workspace/live_format.h"

namespace omnitrace::recording {

// At the program's own wish, which an observer may share.
void SwitchSite(Site* site, bool on);
// Makes the registration say what the switch does, which a tool may have changed.
void FollowSwitch(Site* site);
inline bool HasSwitchBits(const Site& site, uint8_t bits) {
  return site.enabled != nullptr && (__atomic_load_n(site.enabled, __ATOMIC_RELAXED) & bits) != 0;
}
// Inline: of a function that is off, this is all that a call costs.
inline bool IsSwitchedOn(const Site& site) {
  return HasSwitchBits(site, kSwitchOn | kLiveObserverBits);
}
// Whether it is on for a recording of the process's own.
bool IsOwn(const Site& site);

// Whether it is on at first, by what the environment says; `standby`, by what it was built for.
bool StartsOn(const Site& site, bool standby);

// Whether an object of this interface can be traced; says so when it can't.
bool IsOurInterface(uint32_t abi_version);

// Makes it register again at its next call, unless it is registered in the recording `epoch`.
void ForgetRegistration(Site* site, uint64_t epoch);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_SITE_SWITCH_H_
