// Keeps boxes under a budget: those narrower than a width are folded with their neighbours into one
// box that stands for all their calls. A width, and not a rank, because what is inside a narrow box
// is narrower still: what is kept is closed under parents, and no pass needs more than one look.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_FOLDING_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_FOLDING_H_

#include <cstdint>
#include <vector>

#include "tools/flamegraph/box.h"

namespace omnitrace::flamegraph {

// Which narrow neighbours under one parent may share a box.
enum class Neighbours {
  // A fold that is wide enough to be seen takes in only functions that it already has, so that the
  // phases of a program stay apart. For boxes over time.
  kAlike,
  kAny,  // for merged stacks: the neighbours are distinct functions
};

class Folding {
 public:
  explicit Folding(Neighbours neighbours) : neighbours_(neighbours) {}

  // Appends a leaf: alone, or into the last box when both are narrow siblings.
  void AppendNarrow(Box box, std::vector<Box>& boxes) const;
  // Replaces boxes[first] and all boxes after it, which lie inside it, by their sum.
  void CollapseTail(size_t first, std::vector<Box>& boxes) const;
  // Raises the width until at most `budget` boxes are left (and two for each running one), or every
  // lane is one box. The sum of `calls` stays what it was.
  void Reduce(size_t budget, std::vector<Box>& boxes);

  bool IsNarrow(const Box& box) const { return box.width() < width_ && !box.running; }

 private:
  bool MayJoin(const Box& last, const Box& box) const;
  void Pass(std::vector<Box>& boxes) const;

  Neighbours neighbours_;
  uint64_t width_ = 0;
};

// Adds the calls of a box to a fold: its sibling's, or its own descendant's when `inside`.
void Absorb(const Box& box, bool inside, Box& fold);

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_FOLDING_H_
