// A box per distinct stack, as wide as the time of all its calls in all threads. Siblings stand in
// order of their time, the longest first.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_STACK_LAYOUT_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_STACK_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "tools/flamegraph/box.h"
#include "tools/flamegraph/layout.h"

namespace omnitrace::flamegraph {

class StackLayout : public Layout {
 public:
  explicit StackLayout(size_t budget) : budget_(budget) { stacks_.emplace_back(); }

  void StartLane(uint32_t) override {}
  void Enter(uint32_t function, uint64_t time, Place place) override;
  void Leave(uint64_t time, Outcome outcome, Place place) override;
  void Cancel() override;
  std::vector<Box> Finish() override;

 private:
  struct Stack {
    uint32_t parent = 0;
    uint32_t function = 0;
    bool rest = false;  // of several functions: there were too many stacks
    uint64_t calls = 0, total = 0, self = 0, threw = 0, open = 0;
  };
  struct Frame {
    uint32_t stack;
    uint64_t start;
    uint64_t inner;  // time of the calls inside
  };

  uint32_t FindOrAdd(uint32_t parent, uint32_t function);
  std::vector<std::vector<uint32_t>> Children() const;
  Box ToBox(const Stack& stack, uint64_t start, uint32_t depth) const;

  size_t budget_;
  std::vector<Stack> stacks_;  // [0] is above all roots
  absl::flat_hash_map<std::pair<uint32_t, uint32_t>, uint32_t> by_parent_and_function_;
  std::vector<Frame> open_;
};

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_STACK_LAYOUT_H_
