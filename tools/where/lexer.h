// The words of an expression.
#ifndef OMNITRACE_TOOLS_WHERE_LEXER_H_
#define OMNITRACE_TOOLS_WHERE_LEXER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/where/number.h"

namespace omnitrace::where {

struct Token {
  enum class Kind {
    kEnd,
    kName,    // also qualified: Coin::quarter
    kNumber,  // with a unit: nanoseconds
    kString,
    kAnd,
    kOr,
    kNot,
    kEqual,
    kNotEqual,
    kLess,
    kLessOrEqual,
    kGreater,
    kGreaterOrEqual,
    kMatches,
    kOpen,
    kClose,
    kOpenIndex,
    kCloseIndex,
    kDot,
  };

  Kind kind = Kind::kEnd;
  size_t place = 0;           // of its first byte in the expression
  absl::string_view written;  // a part of the expression
  std::string text;           // kString: what its quotes and escapes stand for
  Number number;              // kNumber
};

// Ends with a token of kind kEnd. The expression must outlive the tokens. Errors have a caret.
absl::StatusOr<std::vector<Token>> Tokens(absl::string_view expression);

}  // namespace omnitrace::where

#endif  // OMNITRACE_TOOLS_WHERE_LEXER_H_
