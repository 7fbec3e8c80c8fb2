// The two macros that Debian's Abseil lacks: leave the function with the error of an expression.
#ifndef OMNITRACE_TOOLS_SUPPORT_STATUS_MACROS_H_
#define OMNITRACE_TOOLS_SUPPORT_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define RETURN_IF_ERROR(expression)                                         \
  do {                                                                      \
    if (absl::Status status_ = (expression); !status_.ok()) return status_; \
  } while (false)

// `target` may declare a variable: ASSIGN_OR_RETURN(std::unique_ptr<Reader> reader, Open(path));
#define ASSIGN_OR_RETURN(target, expression) \
  OMNITRACE_ASSIGN_OR_RETURN_(OMNITRACE_JOIN_(status_or_, __LINE__), target, expression)

#define OMNITRACE_ASSIGN_OR_RETURN_(temporary, target, expression) \
  auto temporary = (expression);                                   \
  if (!temporary.ok()) return std::move(temporary).status();       \
  target = *std::move(temporary)
#define OMNITRACE_JOIN_(a, b) OMNITRACE_JOIN_AGAIN_(a, b)
#define OMNITRACE_JOIN_AGAIN_(a, b) a##b

#endif  // OMNITRACE_TOOLS_SUPPORT_STATUS_MACROS_H_
