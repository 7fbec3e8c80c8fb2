// A condition on calls, ready to be asked. A value: it may be copied, and used by many threads.
#ifndef OMNITRACE_TOOLS_WHERE_EXPRESSION_H_
#define OMNITRACE_TOOLS_WHERE_EXPRESSION_H_

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "tools/where/call_values.h"
#include "tools/where/number.h"
#include "tools/where/path.h"

namespace omnitrace::where {

using Null = std::monostate;
struct SizeOf {
  Path path;
};
using Term = std::variant<Null, Number, std::string, Path, SizeOf>;

struct Comparison {
  enum class Kind {
    kHolds,  // the left term on its own
    kEqual,
    kNotEqual,
    kLess,
    kLessOrEqual,
    kGreater,
    kGreaterOrEqual,
    kMatches,
  };

  Term left;
  Kind kind = Kind::kHolds;
  Term right;
};

// Comparisons, and jumps that leave out those that no longer matter: running them takes no stack,
// however deep an expression is nested.
class Expression {
 public:
  struct Instruction {
    enum class Kind : uint8_t {
      kCompare,  // the comparison of this number
      kNot,
      kSkipIfTrue,  // to the instruction of this number
      kSkipIfFalse,
    };
    Kind kind = Kind::kNot;
    size_t number = 0;
  };

  // Skips lead forward; the parser sees to it.
  Expression(std::vector<Comparison> comparisons, std::vector<Instruction> instructions)
      : comparisons_(std::move(comparisons)), instructions_(std::move(instructions)) {}

  // What cannot be decoded is missing, and reported to `damage`.
  bool Holds(const Subject& call, absl::Status* damage) const;

  const std::vector<Comparison>& comparisons() const { return comparisons_; }
  const std::vector<Instruction>& instructions() const { return instructions_; }

 private:
  std::vector<Comparison> comparisons_;
  std::vector<Instruction> instructions_;
};

}  // namespace omnitrace::where

#endif  // OMNITRACE_TOOLS_WHERE_EXPRESSION_H_
