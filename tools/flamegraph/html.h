// One page that needs no network: a Vega specification with Vega itself around it.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_HTML_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_HTML_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace omnitrace::flamegraph {

// The text of Vega's bundle: the file that the environment's OMNITRACE_VEGA names, else the one
// installed with the tool, ../share/omnitrace/vega.min.js from its executable.
absl::StatusOr<std::string> ReadVegaBundle();

std::string HtmlPage(absl::string_view title, absl::string_view spec, absl::string_view bundle);

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_HTML_H_
