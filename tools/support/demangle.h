// C++ names from what the compiler made of them.
#ifndef OMNITRACE_TOOLS_SUPPORT_DEMANGLE_H_
#define OMNITRACE_TOOLS_SUPPORT_DEMANGLE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace omnitrace::tools {

// "St13runtime_error" gives "std::runtime_error"; what is no mangled name stays as it is.
std::string Demangle(absl::string_view mangled);

// Of a function, without result, parameters and qualifiers: "_ZN3foo5twiceIiEET_S1_", which is
// int foo::twice<int>(int), gives "foo::twice<int>".
std::string DemangledName(absl::string_view mangled);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_DEMANGLE_H_
