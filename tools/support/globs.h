// Are globs over qualified names well formed? What they match is the plugin's and the model's.
#ifndef OMNITRACE_TOOLS_SUPPORT_GLOBS_H_
#define OMNITRACE_TOOLS_SUPPORT_GLOBS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace omnitrace::tools {

// A comma-separated list: foo, foo::Bar, foo::b*, *. A wrong one is a UsageError.
absl::Status CheckGlobs(absl::string_view list);
// The same where probes are meant, too, whose names may be any text.
absl::Status CheckProbeGlobs(absl::string_view list);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_GLOBS_H_
