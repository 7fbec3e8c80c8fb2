// The folder that a process's live file lies in.
#ifndef OMNITRACE_RUNTIME_RECORDING_LIVE_FOLDER_H_
#define OMNITRACE_RUNTIME_RECORDING_LIVE_FOLDER_H_

#include <cstdint>

#include "runtime/recording/text.h"

namespace omnitrace::recording {

// Makes an empty file, open for reading and writing and closed by exec, in the first live folder
// that is or can be made the user's alone. One of the same name, which an earlier program of this
// process left behind, is replaced. A descriptor, or a negated error number; `path` is the file's.
long CreateLiveFile(uint64_t pid, uint64_t start_time, Path* path);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_LIVE_FOLDER_H_
