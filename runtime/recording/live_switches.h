// The switches of the traced objects, in the live file, where tools reach them.
#ifndef OMNITRACE_RUNTIME_RECORDING_LIVE_SWITCHES_H_
#define OMNITRACE_RUNTIME_RECORDING_LIVE_SWITCHES_H_

#include <cstdint>

#include "runtime/recording/object.h"

namespace omnitrace::recording {

// All of these do nothing without a live file, and are called with the session's lock held, or
// before there are threads.

// Puts an object's switches into the live file, and what they are for into its directory. Before
// any of them is set. Functions of a record build get one there.
void ShareSwitches(Object* object);
// The object is unloaded.
void ForgetSwitches(const Object& object);
// Where the number of a site's hits lies in the live file; null when it has none there.
uint64_t* HitsOf(const SwitchRange& range, const Site& site);
// The same for a site that is in no object's list: a probe's.
void ShareSwitch(Site* site);
void ForgetSwitch(const Site& site);

// In a forked child, whose live file has been renewed: maps it where the parent's is.
void RenewSwitches(Object* object);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_LIVE_SWITCHES_H_
