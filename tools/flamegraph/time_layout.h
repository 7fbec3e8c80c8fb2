// A box per call, from its entry to its exit. Memory follows the budget and the depth of the open
// calls, not the number of calls: boxes are folded while they come in.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_TIME_LAYOUT_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_TIME_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tools/flamegraph/box.h"
#include "tools/flamegraph/folding.h"
#include "tools/flamegraph/layout.h"

namespace omnitrace::flamegraph {

class TimeLayout : public Layout {
 public:
  explicit TimeLayout(size_t budget);

  void StartLane(uint32_t lane) override;
  void Enter(uint32_t function, uint64_t time, Place place) override;
  void Leave(uint64_t time, Outcome outcome, Place place) override;
  void Cancel() override;
  std::vector<Box> Finish() override;

 private:
  void ReduceWhileOpen();

  const size_t budget_;
  const size_t working_budget_;  // while calls come in
  size_t limit_;                 // of boxes, above which a reduction pays
  Folding folding_{Neighbours::kAlike};
  uint32_t lane_ = 0;
  std::vector<Box> boxes_;
  std::vector<size_t> open_;  // indices of the running boxes
};

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_TIME_LAYOUT_H_
