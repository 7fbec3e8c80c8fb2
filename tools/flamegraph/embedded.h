// The texts that the build puts into the tool: vega_spec.json and page.html.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_EMBEDDED_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_EMBEDDED_H_

#include "absl/strings/string_view.h"

namespace omnitrace::flamegraph {

extern const absl::string_view kVegaTemplate;
extern const absl::string_view kPageTemplate;

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_EMBEDDED_H_
