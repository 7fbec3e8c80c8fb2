// What identifies the traced program, for a reader on another day.
#ifndef OMNITRACE_RUNTIME_RECORDING_PROCESS_FACTS_H_
#define OMNITRACE_RUNTIME_RECORDING_PROCESS_FACTS_H_

#include "runtime/recording/metadata_stream.h"

namespace omnitrace::recording {

// Writes program, command, build_id, host, directory and version as properties.
void WriteProcessFacts(MetadataStream* metadata);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_PROCESS_FACTS_H_
