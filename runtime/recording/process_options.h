// What this process's environment said about recording when it was first asked.
#ifndef OMNITRACE_RUNTIME_RECORDING_PROCESS_OPTIONS_H_
#define OMNITRACE_RUNTIME_RECORDING_PROCESS_OPTIONS_H_

#include "runtime/recording/options.h"

namespace omnitrace::recording {

// By any thread. False with OMNITRACE_MODE=off, and after a bad value, of which the user is told.
bool MayRecord();

// Behind a MayRecord() that said yes; they don't change any more.
const Options& GetOptions();
const Path& GetOutputPattern();

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_PROCESS_OPTIONS_H_
