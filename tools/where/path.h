// How an expression names a value of a call: args.order.items[0].name
#ifndef OMNITRACE_TOOLS_WHERE_PATH_H_
#define OMNITRACE_TOOLS_WHERE_PATH_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "runtime/workspace/value.h"
#include "tools/where/number.h"

namespace omnitrace::where {

enum class Root : uint8_t {
  kArguments,
  kThis,
  kReturn,
  kThrown,
  kChanged,
  kName,
  kSignature,
  kFile,
  kLine,
  kStart,
  kEnd,
  kDuration,
  kDepth,
  kThread,
  kPid,
  kOpen,
  kUnwound,
};

struct RootName {
  enum class Steps { kNone, kSome, kNeeded };  // that may or must follow

  absl::string_view name;
  Root root;
  Steps steps = Steps::kNone;
};

// All that a path can begin with: the keys that calls have in JSON, and `duration`.
absl::Span<const RootName> RootNames();

// .name, ["name"] or [3]
struct Step {
  std::string name;  // when there is no index
  std::optional<Number> index;
};

struct Path {
  Root root = Root::kName;
  std::vector<Step> steps;
};

// The part of `value` that the steps lead to, through pointers and whatever else LookedThrough
// knows; null when there is none, or it was not recorded.
const workspace::Value* Follow(const workspace::Value& value, absl::Span<const Step> steps);

}  // namespace omnitrace::where

#endif  // OMNITRACE_TOOLS_WHERE_PATH_H_
