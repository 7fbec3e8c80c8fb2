// Where in an expression something is wrong.
#ifndef OMNITRACE_TOOLS_WHERE_DIAGNOSTIC_H_
#define OMNITRACE_TOOLS_WHERE_DIAGNOSTIC_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace omnitrace::where {

// An InvalidArgument error of three lines: what is wrong, the expression (the part around the place
// when it is long), and a caret under the byte `place`, which may be the one behind the last.
absl::Status ErrorAt(absl::string_view expression, size_t place, absl::string_view what);

}  // namespace omnitrace::where

#endif  // OMNITRACE_TOOLS_WHERE_DIAGNOSTIC_H_
