// Turning one function or probe on and off.
#ifndef OMNITRACE_RUNTIME_RECORDING_SITE_SWITCH_H_
#define OMNITRACE_RUNTIME_RECORDING_SITE_SWITCH_H_

#include <cstdint>

#include "runtime/workspace/description.h"

namespace omnitrace::recording {

void SwitchSite(Site* site, bool on);
// Makes the registration say what the switch does, which a tool may have changed.
void FollowSwitch(Site* site);
// Inline: of a function that is off, this is all that a call costs.
inline bool IsSwitchedOn(const Site& site) {
  return site.enabled != nullptr &&
         (__atomic_load_n(site.enabled, __ATOMIC_RELAXED) & kSwitchOn) != 0;
}

// Whether it is on at first, by what the environment says; `standby`, by what it was built for.
bool StartsOn(const Site& site, bool standby);

// Whether an object of this interface can be traced; says so when it can't.
bool IsOurInterface(uint32_t abi_version);

// Makes it register again at its next call, unless it is registered in the recording `epoch`.
void ForgetRegistration(Site* site, uint64_t epoch);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_SITE_SWITCH_H_
