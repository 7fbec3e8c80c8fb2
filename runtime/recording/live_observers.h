// The tools that watch this process: LiveHeader::observers.
#ifndef OMNITRACE_RUNTIME_RECORDING_LIVE_OBSERVERS_H_
#define OMNITRACE_RUNTIME_RECORDING_LIVE_OBSERVERS_H_

namespace omnitrace::recording {

// Takes back what observers that are gone had turned on; true when there was anything, and then the
// switches that stand for others (inlined_switches.h) are not in order. Another tool that changes
// switches at this moment is not waited for. With the session's lock held.
bool ReleaseObservers();

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_LIVE_OBSERVERS_H_
