// How to step over the values of a record without decoding them, worked out once per function.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_SKIP_PLAN_H_
#define OMNITRACE_RUNTIME_WORKSPACE_SKIP_PLAN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "runtime/workspace/byte_parser.h"
#include "runtime/workspace/decode_budget.h"
#include "runtime/workspace/metadata.h"

namespace omnitrace::workspace {

// Most functions are sized or take scalars, and then a plan is nothing or one step. Values of other
// types in an unsized function are stepped over one by one.
class SkipPlan {
 public:
  SkipPlan() = default;
  static SkipPlan ForArguments(const Metadata& metadata, const Function& function);
  static SkipPlan ForResult(const Metadata& metadata, const Function& function);

  // Whether all that Take can take decodes.
  bool is_certain() const { return !sized_ && nodes_ <= DecodeBudget::kLeastNodes; }

  // Takes the values off `in` and returns their bytes, without the length before them. Failure
  // leaves in->ok() false or `error` set.
  absl::string_view Take(const Metadata& metadata, ByteParser* in, std::string* error) const;

 private:
  struct Step {
    enum class Kind : uint8_t { kVarints, kBytes, kValue } kind;
    uint32_t amount;  // varints, bytes, or the type's id
  };

  static constexpr uint64_t kUncertain = uint64_t{1} << 32;

  void Add(const Metadata& metadata, uint32_t type);
  void AddStep(Step::Kind kind, uint32_t amount);
  static bool TakeValue(const Metadata& metadata, uint32_t type, ByteParser* in,
                        std::string* error);

  bool sized_ = false;
  uint64_t nodes_ = 0;  // of a DecodeBudget, at least kUncertain when decoding may fail
  std::vector<Step> steps_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_SKIP_PLAN_H_
