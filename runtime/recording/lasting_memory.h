// The memory that is there as long as the process: the program's own segments, and the heap that
// malloc grows by brk. Asking costs a few comparisons, where the kernel's answer costs a
// microsecond.
#ifndef OMNITRACE_RUNTIME_RECORDING_LASTING_MEMORY_H_
#define OMNITRACE_RUNTIME_RECORDING_LASTING_MEMORY_H_

#include <cstdint>

namespace omnitrace::recording {

// Once, before anybody asks; forked children inherit it.
void FindLastingMemory();

// All of these bytes can be read. False for other memory that can be.
bool IsLastingMemory(uint64_t address, uint64_t size);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_LASTING_MEMORY_H_
