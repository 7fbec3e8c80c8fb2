// Functions of all files, by name and place: the same function of two processes is one.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_FUNCTION_INDEX_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_FUNCTION_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "tools/flamegraph/box.h"

namespace omnitrace::flamegraph {

class FunctionIndex {
 public:
  // Its number: they are in order of first use.
  uint32_t Add(NamedFunction function);
  // What is known of the shown calls, by number.
  std::vector<Share>& totals() { return totals_; }
  // The `most` functions with the most time of their own.
  std::vector<Share> Hottest(size_t most) const;
  std::vector<NamedFunction> Take() { return std::move(functions_); }

 private:
  std::vector<NamedFunction> functions_;
  std::vector<Share> totals_;
  absl::flat_hash_map<NamedFunction, uint32_t> numbers_;
};

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_FUNCTION_INDEX_H_
