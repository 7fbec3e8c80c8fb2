// Memory of the recorder's own, which the program doesn't see.
#ifndef OMNITRACE_RUNTIME_RECORDING_MEMORY_H_
#define OMNITRACE_RUNTIME_RECORDING_MEMORY_H_

#include <cstddef>

namespace omnitrace::recording {

// With the session's lock held: memory that costs nothing until it is touched, and is never given
// back; null when there is none.
void* MapMemory(size_t bytes);
// Puts addresses aside for MapMemory(), so that the process has as many mappings while it is
// observed as before. With the session's lock held, before the first recording; without them it
// works, too.
void ReserveAddresses();

// A mapping of its own, which is zero again in a forked child. Null on kernels before 4.14 too.
void* MapMemoryWipedByFork(size_t bytes);
void UnmapMemory(void* memory, size_t bytes);

// Makes pages that are shared with other processes, or with a file, the process's own; they keep
// what is in them. By a process of one thread.
bool MakePrivate(void* pages, size_t bytes);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_MEMORY_H_
