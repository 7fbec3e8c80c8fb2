// Appends the stacks of a stretch of a thread to those of what came before. Stacks are met in the
// order of their first call, as if all calls had gone to one layout.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_STACK_JOIN_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_STACK_JOIN_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tools/flamegraph/stack_layout.h"

namespace omnitrace::flamegraph {

class StackJoin {
 public:
  // `functions` are the layout's numbers by those of the stretch; `time` is when the stretch starts
  // to count. All arguments must outlive the join.
  StackJoin(const StackLayout& stretch, const std::vector<uint32_t>& functions, uint64_t time,
            StackLayout& layout);

  // Appends what is under the next root: it lies inside the layout's innermost call.
  void AppendRoot();
  // Then, what is open at the stretch's end.
  void AppendOpen();

 private:
  void AppendStack(uint32_t number);

  const StackLayout& stretch_;
  const std::vector<uint32_t>& functions_;
  const uint64_t time_;
  StackLayout& layout_;
  std::vector<uint32_t> stacks_;  // the layout's by the stretch's
  size_t roots_ = 0;
};

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_STACK_JOIN_H_
