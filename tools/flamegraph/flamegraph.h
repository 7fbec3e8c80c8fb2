// From workspaces to a flamegraph: boxes within a budget of marks, lanes, and what the boxes say.
// Memory is bounded by the budget, not by the recording.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_FLAMEGRAPH_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_FLAMEGRAPH_H_

#include "absl/status/status.h"
#include "tools/flamegraph/box.h"
#include "tools/flamegraph/request.h"
#include "tools/model/workspace_set.h"

namespace omnitrace::flamegraph {

// `damage` is set to the first that could not be read; the rest is in the flamegraph.
Flamegraph MakeFlamegraph(const tools::WorkspaceSet& workspaces, const Request& request,
                          absl::Status& damage);

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_FLAMEGRAPH_H_
