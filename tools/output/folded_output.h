// Folded stacks: one line per distinct stack with the nanoseconds spent in its last function, the
// input of flamegraph.pl and its relatives. Memory grows with the distinct stacks.
#ifndef OMNITRACE_TOOLS_OUTPUT_FOLDED_OUTPUT_H_
#define OMNITRACE_TOOLS_OUTPUT_FOLDED_OUTPUT_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "tools/output/output.h"

namespace omnitrace::tools {

// Expects the calls of one thread after those of the other.
class FoldedOutput : public Output {
 public:
  explicit FoldedOutput(Sink& sink) : sink_(sink) {}

  void Add(const Call& call) override;
  void End() override;

 private:
  struct Node {
    int64_t self = 0;
    std::map<std::string, Node> callees{};
  };

  void Print(const Node& node, const std::string& stack);

  Sink& sink_;
  Node root_;
  std::vector<Node*> stack_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_FOLDED_OUTPUT_H_
