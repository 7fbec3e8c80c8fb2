// The probes (<omnitrace/probe.h>) of the objects that are loaded. Those of a program that records
// from its start are on from their start.
#ifndef OMNITRACE_RUNTIME_RECORDING_PROBES_H_
#define OMNITRACE_RUNTIME_RECORDING_PROBES_H_

#include <cstdint>
#include <string_view>

#include "runtime/workspace/description.h"

namespace omnitrace::recording {

void LoadProbe(uint32_t abi_version, Probe* probe);
void UnloadProbe(Probe* probe);

// With the session's lock held:
// An object that records from its start was loaded: whether that has turned probes on.
bool StartProbes();
void SwitchProbes(std::string_view globs, bool on);
void ForgetProbeRegistrations(uint64_t epoch);
// Notices what tools have changed in the live file.
void FollowProbes();
// Whether one is on for a recording of the process's own.
bool IsAnyProbeOwn();

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_PROBES_H_
