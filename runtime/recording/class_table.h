// The classes that objects may turn out to be of, by the addresses of their virtual tables.
#ifndef OMNITRACE_RUNTIME_RECORDING_CLASS_TABLE_H_
#define OMNITRACE_RUNTIME_RECORDING_CLASS_TABLE_H_

#include <cstdint>

#include "runtime/workspace/description.h"

namespace omnitrace::recording {

struct ClassRange {
  const DynamicClass* first;
  const DynamicClass* last;
};

// Of one loaded object. With the session's lock held.
void AddClasses(ClassRange classes);
void RemoveClasses(ClassRange classes);

// The class whose virtual table `pointer` points into; its type is null when there is none. Takes
// no lock, and finds nothing while another thread adds or removes.
DynamicClass FindClass(uint64_t pointer);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_CLASS_TABLE_H_
