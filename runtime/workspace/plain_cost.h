// What decoding the bytes of a plain object costs. It follows from the types alone, as does whether
// it can fail, so it is worked out once per type and no object's bytes need a look.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_PLAIN_COST_H_
#define OMNITRACE_RUNTIME_WORKSPACE_PLAIN_COST_H_

#include <cstdint>
#include <vector>

namespace omnitrace::workspace {

class Metadata;

// Of a DecodeBudget.
struct PlainCost {
  uint32_t nodes = 0;  // 0: it may fail
  uint32_t levels = 0;

  bool is_known() const { return nodes != 0; }
};

// By position in Metadata::types(). Of a known cost PlainDecoder fails for lack of budget only.
std::vector<PlainCost> PlainCosts(const Metadata& metadata);

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_PLAIN_COST_H_
