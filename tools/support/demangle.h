// C++ names from what the compiler made of them.
#ifndef OMNITRACE_TOOLS_SUPPORT_DEMANGLE_H_
#define OMNITRACE_TOOLS_SUPPORT_DEMANGLE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace omnitrace::tools {

// "St13runtime_error" gives "std::runtime_error"; what is no mangled name stays as it is.
std::string Demangle(absl::string_view mangled);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_DEMANGLE_H_
