// The arguments, results and changes of the calls that have a box of their own. They are read
// again, block by block, once the boxes are chosen: keeping the values of all calls until then
// would take memory without bound, and decoding them all is most of the work of reading.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_DETAILS_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_DETAILS_H_

#include <vector>

#include "runtime/workspace/reader.h"
#include "tools/flamegraph/box.h"
#include "tools/model/workspace_set.h"
#include "tools/output/value_style.h"

namespace omnitrace::flamegraph {

// Where a lane's calls come from.
struct LaneSource {
  const tools::WorkspaceFile* file;
  const workspace::Thread* thread;
};

// One for each box; empty for boxes that stand for several calls. `sources` is by lane.
std::vector<Details> ReadDetails(const std::vector<LaneSource>& sources,
                                 const std::vector<Box>& boxes, const tools::ValueStyle& style);

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_DETAILS_H_
