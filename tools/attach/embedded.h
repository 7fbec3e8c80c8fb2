// The JavaScript files that the build puts into the tool: environment/*.js and the modules that
// scripts may require by name.
#ifndef OMNITRACE_TOOLS_ATTACH_EMBEDDED_H_
#define OMNITRACE_TOOLS_ATTACH_EMBEDDED_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace omnitrace::attach {

// By the path inside tools/attach: "omnitrace.js", "omnitrace/counts.js", "environment/boot.js".
std::optional<absl::string_view> EmbeddedSource(absl::string_view name);

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_EMBEDDED_H_
