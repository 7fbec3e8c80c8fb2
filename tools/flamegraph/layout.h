// Calls in, boxes out: what the two kinds of flamegraph have in common.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_LAYOUT_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_LAYOUT_H_

#include <cstdint>
#include <vector>

#include "tools/flamegraph/box.h"

namespace omnitrace::flamegraph {

// Takes the calls of one thread after the other, each thread's in order of time.
class Layout {
 public:
  virtual ~Layout() = default;

  // Everything entered before must have been left.
  virtual void StartLane(uint32_t lane) = 0;
  virtual void Enter(uint32_t function, uint64_t time, Place place) = 0;
  // The next two are about the innermost open call.
  virtual void Leave(uint64_t time, Outcome outcome, Place place) = 0;
  // It is not to be shown after all, nor is anything inside it: a filter of times knows only now.
  // Everything inside has been cancelled before.
  virtual void Cancel() = 0;
  // At most `budget` boxes, unless there are more lanes. Ends the use of the layout.
  virtual std::vector<Box> Finish() = 0;
};

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_LAYOUT_H_
