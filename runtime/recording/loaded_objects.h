// The traced objects (the program, its shared libraries) that are loaded, and which of their
// functions are on.
#ifndef OMNITRACE_RUNTIME_RECORDING_LOADED_OBJECTS_H_
#define OMNITRACE_RUNTIME_RECORDING_LOADED_OBJECTS_H_

#include <cstdint>
#include <string_view>

#include "runtime/workspace/description.h"

namespace omnitrace::recording {

struct SiteRange {
  Site* const* first;
  Site* const* last;
};

void LoadObject(uint32_t abi_version, SiteRange sites, bool standby);
void UnloadObject(SiteRange sites);

// Turns the functions that the globs match on or off, in all objects loaded so far.
void SwitchFunctions(std::string_view globs, bool on);

// With the session's lock held: turns every function off, or makes it register again at its next
// call.
void SwitchAllOff();
void ForgetRegistrations();

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_LOADED_OBJECTS_H_
