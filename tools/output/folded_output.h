// Folded stacks: one line per distinct stack with the nanoseconds spent in its last function, the
// input of flamegraph.pl and its relatives. Memory grows with the distinct stacks.
#ifndef OMNITRACE_TOOLS_OUTPUT_FOLDED_OUTPUT_H_
#define OMNITRACE_TOOLS_OUTPUT_FOLDED_OUTPUT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "tools/output/output.h"

namespace omnitrace::tools {

// Expects the calls of one thread after those of the other.
class FoldedOutput : public Output {
 public:
  explicit FoldedOutput(Sink& sink) : sink_(sink) {}

  void Add(const Call& call) override;
  void End() override;

 private:
  // A distinct stack, as its last function and the stack of its caller. No tree of objects: stacks
  // may be a million deep.
  struct Stack {
    size_t caller;
    std::string function;
    int64_t self;  // nanoseconds
  };

  size_t StackOf(size_t caller, const std::string& function);
  std::string Path(size_t stack) const;

  Sink& sink_;
  std::vector<Stack> stacks_ = {{0, "", 0}};  // the first is the empty one
  absl::flat_hash_map<std::pair<size_t, std::string>, size_t> numbers_;
  std::vector<size_t> open_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_FOLDED_OUTPUT_H_
