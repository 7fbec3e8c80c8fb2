// What `omnitrace help probe` says.
#ifndef OMNITRACE_TOOLS_PROBE_TEXT_H_
#define OMNITRACE_TOOLS_PROBE_TEXT_H_

#include "absl/strings/string_view.h"

namespace omnitrace::tools {

extern const absl::string_view kProbeText;

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_PROBE_TEXT_H_
