// What `omnitrace help` says about things that are no commands.
#ifndef OMNITRACE_TOOLS_TOPICS_TOPICS_H_
#define OMNITRACE_TOOLS_TOPICS_TOPICS_H_

#include "absl/strings/string_view.h"

namespace omnitrace::tools {

// As Topic::text.
extern const absl::string_view kProbeText;
extern const absl::string_view kScriptText;

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_TOPICS_TOPICS_H_
