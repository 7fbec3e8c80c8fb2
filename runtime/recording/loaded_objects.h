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

// Notices what tools have turned on and off in the live file since the last time. By any thread,
// without the lock.
void FollowTools();

// Makes every function that is registered in an earlier recording register again at its next call:
// threads that still write to that recording then notice.
void ForgetRegistrations();

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_LOADED_OBJECTS_H_
