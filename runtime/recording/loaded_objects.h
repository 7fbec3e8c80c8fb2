// The traced objects (the program, its shared libraries) that are loaded, and which of their
// functions are on.
#ifndef OMNITRACE_RUNTIME_RECORDING_LOADED_OBJECTS_H_
#define OMNITRACE_RUNTIME_RECORDING_LOADED_OBJECTS_H_

#include <cstdint>
#include <string_view>

#include "runtime/recording/object.h"

namespace omnitrace::recording {

// Makes the process's live file, if there is none yet. With the session's lock held.
void OpenLiveFile();

void LoadObject(uint32_t abi_version, const Object& object, bool standby);
void UnloadObject(SiteRange sites);

// Turns the functions that the globs match on or off, in all objects loaded so far.
void SwitchFunctions(std::string_view globs, bool on);

// Where the number of a site's hits lies in the live file; null when it has none there. With the
// session's lock held.
uint64_t* HitsOf(const Site& site);

// Notices what tools have turned on and off in the live file since the last time, and now and then
// whether those who did so are still there. By any thread, without the lock.
void FollowTools();
// Whether there is something to notice: what tools have done, or also that it is time to look.
bool HaveToolsChanged();
bool MayFollowTools();

// Makes every function that isn't registered in the recording `epoch` register at its next call:
// threads that still write to an earlier one then notice. With the session's lock held.
void ForgetRegistrations(uint64_t epoch);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_LOADED_OBJECTS_H_
