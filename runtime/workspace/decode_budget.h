// Bounds for decoding one value: types come from the file too, so a type may contain itself, and
// members may overlap, without any byte of value to pay for it.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_DECODE_BUDGET_H_
#define OMNITRACE_RUNTIME_WORKSPACE_DECODE_BUDGET_H_

#include <cstddef>

namespace omnitrace::workspace {

struct DecodeBudget {
  // Recording stops at a much smaller depth.
  static constexpr int kMostDepth = 64;

  static constexpr size_t kLeastNodes = 1024;

  // So many values can't honestly come out of `bytes`: a byte with 16 values around it, and a
  // record of nothing but empty classes, are still within.
  explicit DecodeBudget(size_t bytes) : most_nodes(kLeastNodes + 16 * bytes) {}

  const size_t most_nodes;
  size_t nodes = 0;
  int depth = 0;

  // Takes a node, one level down, for the life of a Level.
  class Level {
   public:
    explicit Level(DecodeBudget* budget) : budget_(budget) {
      ++budget_->depth;
      ++budget_->nodes;
    }
    ~Level() { --budget_->depth; }
    bool ok() const {
      return budget_->depth <= kMostDepth && budget_->nodes <= budget_->most_nodes;
    }

   private:
    DecodeBudget* const budget_;
  };
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_DECODE_BUDGET_H_
