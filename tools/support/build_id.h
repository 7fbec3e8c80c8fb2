// The build id that the linker has put into a program.
#ifndef OMNITRACE_TOOLS_SUPPORT_BUILD_ID_H_
#define OMNITRACE_TOOLS_SUPPORT_BUILD_ID_H_

#include <string>

#include "absl/status/statusor.h"

namespace omnitrace::tools {

// In hexadecimal digits; "" when the program has none. An error when `path` is no ELF file.
absl::StatusOr<std::string> ReadBuildId(const std::string& path);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_BUILD_ID_H_
