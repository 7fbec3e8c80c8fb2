// What the tests of flamegraphs ask about boxes.
#ifndef OMNITRACE_TESTS_UNIT_FLAMEGRAPH_BOXES_H_
#define OMNITRACE_TESTS_UNIT_FLAMEGRAPH_BOXES_H_

#include <cstdint>
#include <vector>

#include "gmock/gmock.h"
#include "tools/flamegraph/box.h"

namespace omnitrace::flamegraph {

inline uint64_t CallsOf(const std::vector<Box>& boxes) {
  uint64_t calls = 0;
  for (const Box& box : boxes) calls += box.calls;
  return calls;
}

// Every box but the roots lies inside the last box of its lane that is one less deep.
inline bool IsNested(const std::vector<Box>& boxes) {
  std::vector<const Box*> path;
  for (const Box& box : boxes) {
    bool new_lane = path.empty() || path.back()->lane != box.lane;
    if (new_lane) path.clear();
    if (box.depth > path.size()) return false;
    path.resize(box.depth);
    if (!path.empty() && (box.start < path.back()->start || box.end > path.back()->end))
      return false;
    path.push_back(&box);
  }
  return true;
}

MATCHER_P4(BoxIs, depth, function, start, end, "") {
  *result_listener << "depth " << arg.depth << ", function " << arg.function << ", " << arg.start
                   << " to " << arg.end;
  return arg.depth == static_cast<uint32_t>(depth) &&
         arg.function == static_cast<uint32_t>(function) &&
         arg.start == static_cast<uint64_t>(start) && arg.end == static_cast<uint64_t>(end);
}

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TESTS_UNIT_FLAMEGRAPH_BOXES_H_
