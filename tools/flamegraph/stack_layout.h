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
  // Bounds memory (about 100 MB) for programs whose stacks hardly repeat.
  static constexpr size_t kMaxStacks = size_t{1} << 19;

  explicit StackLayout(size_t budget, size_t max_stacks = kMaxStacks)
      : budget_(budget), max_stacks_(max_stacks) {
    StartRoot();
  }
  // Of calls that are to be appended (by StackJoin): as many stacks as they have.
  static StackLayout OfStretch() { return StackLayout(0, SIZE_MAX); }

  void StartLane(uint32_t) override {}
  void Enter(uint32_t function, uint64_t time, Place place) override;
  void Leave(uint64_t time, Outcome outcome, Place place) override;
  void Cancel() override;
  std::vector<Box> Finish() override;

  size_t stacks() const { return stacks_.size(); }
  // What is entered next lies in fewer of the calls before the stretch than what was so far.
  void StartRoot();
  // Which of several functions a rest is named by takes the order of calls that are cancelled, too.
  bool CanAppend(const StackLayout& next) const {
    return !next.has_cancelled_ || stacks_.size() + next.stacks_.size() < max_stacks_;
  }

 private:
  friend class StackJoin;
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
  struct Root {
    uint32_t stack;
    uint64_t inner;
  };

  uint32_t innermost() const { return open_.empty() ? roots_.back().stack : open_.back().stack; }
  void AddInner(uint64_t time) {
    (open_.empty() ? roots_.back().inner : open_.back().inner) += time;
  }
  uint32_t FindOrAdd(uint32_t parent, uint32_t function);
  std::vector<std::vector<uint32_t>> Children() const;
  Box ToBox(const Stack& stack, uint64_t start, uint32_t depth) const;

  const size_t budget_;
  const size_t max_stacks_;
  std::vector<Stack> stacks_;
  std::vector<Root> roots_;  // stacks that are above all others; several in a stretch
  bool has_cancelled_ = false;
  absl::flat_hash_map<std::pair<uint32_t, uint32_t>, uint32_t> by_parent_and_function_;
  std::vector<Frame> open_;
};

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_STACK_LAYOUT_H_
