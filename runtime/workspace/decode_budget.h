// Bounds for decoding one value: types come from the file too, so a type may contain itself, and
// members may overlap, without any byte of value to pay for it.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_DECODE_BUDGET_H_
#define OMNITRACE_RUNTIME_WORKSPACE_DECODE_BUDGET_H_

#include <cstddef>

namespace omnitrace::workspace {

struct DecodeBudget {
  // Recording stops at a much smaller depth.
  static constexpr int kMostDepth = 64;
  // A record has 16 KiB; this is 16 nested values for each of its bytes.
  static constexpr size_t kMostNodes = 256 * 1024;

  int depth = 0;
  size_t nodes = 0;

  // Takes a node, one level down, for the life of a Level.
  class Level {
   public:
    explicit Level(DecodeBudget* budget) : budget_(budget) {
      ++budget_->depth;
      ++budget_->nodes;
    }
    ~Level() { --budget_->depth; }
    bool ok() const { return budget_->depth <= kMostDepth && budget_->nodes <= kMostNodes; }

   private:
    DecodeBudget* const budget_;
  };
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_DECODE_BUDGET_H_
