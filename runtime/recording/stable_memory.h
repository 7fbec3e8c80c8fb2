// Memory of the traced program that is sure to be readable, told without asking the kernel: the
// program's own segments, what malloc has below the break, and the main thread's stack.
#ifndef OMNITRACE_RUNTIME_RECORDING_STABLE_MEMORY_H_
#define OMNITRACE_RUNTIME_RECORDING_STABLE_MEMORY_H_

#include <cstdint>

namespace omnitrace::recording {

// Once in a process, before anything is asked; until then nothing is sure.
void FindStableMemory();

// False: it isn't known. No other thread may be giving memory back meanwhile.
bool IsStable(uint64_t address, uint64_t size);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_STABLE_MEMORY_H_
