// RETURN_IF_ERROR and ASSIGN_OR_RETURN, which Debian's Abseil doesn't have.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_STATUS_MACROS_H_
#define OMNITRACE_RUNTIME_WORKSPACE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#ifndef RETURN_IF_ERROR
#define RETURN_IF_ERROR(expression)                                                 \
  do {                                                                              \
    if (absl::Status status_macro_value = (expression); !status_macro_value.ok()) { \
      return status_macro_value;                                                    \
    }                                                                               \
  } while (false)

#define OMNITRACE_STATUS_CONCAT_(left, right) left##right
#define OMNITRACE_STATUS_NAME_(left, right) OMNITRACE_STATUS_CONCAT_(left, right)
#define OMNITRACE_ASSIGN_OR_RETURN_(holder, target, expression) \
  auto holder = (expression);                                   \
  if (!holder.ok()) return std::move(holder).status();          \
  target = *std::move(holder)

// ASSIGN_OR_RETURN(Type name, StatusOrExpression());
#define ASSIGN_OR_RETURN(target, ...) \
  OMNITRACE_ASSIGN_OR_RETURN_(OMNITRACE_STATUS_NAME_(status_or_, __LINE__), target, (__VA_ARGS__))
#endif  // RETURN_IF_ERROR

#endif  // OMNITRACE_RUNTIME_WORKSPACE_STATUS_MACROS_H_
