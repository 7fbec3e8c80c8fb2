// Where a workspace goes: OMNITRACE_OUT and its %n (program name) and %p (process id).
#ifndef OMNITRACE_RUNTIME_RECORDING_OUTPUT_PATH_H_
#define OMNITRACE_RUNTIME_RECORDING_OUTPUT_PATH_H_

#include "runtime/recording/text.h"

namespace omnitrace::recording {

// The executable's path, "" when /proc does not say.
void ReadProgramPath(Path* path);

// A pattern made absolute, so that a later chdir does not move the files of forked children; null
// gives the default, a directory gets the default inside. False, with a line for the user, when it
// is malformed.
bool ResolvePattern(const char* pattern, Path* resolved, Message* error);

// Creates a new file, with .1, .2 ... added while there is one already. Returns the descriptor, or
// a negated error number; `path` is what was tried last.
long CreateOutputFile(const Path& pattern, Path* path);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_OUTPUT_PATH_H_
