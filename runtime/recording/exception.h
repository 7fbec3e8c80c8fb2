// What is being thrown, from what the unwinder knows.
#ifndef OMNITRACE_RUNTIME_RECORDING_EXCEPTION_H_
#define OMNITRACE_RUNTIME_RECORDING_EXCEPTION_H_

#include <string_view>

#include "runtime/workspace/description.h"

namespace omnitrace::recording {

struct Exception {
  std::string_view type;  // mangled: demangling allocates, and readers can do it
  std::string_view what;  // "" when it is not the standard library's what() that would say it
  Type* object_type;      // null when no traced code describes it
  const char* object;
};

// `unwinding` is an _Unwind_Exception, or null. Valid as long as the exception lives.
Exception DescribeException(void* unwinding);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_EXCEPTION_H_
