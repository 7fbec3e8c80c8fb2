// Conditions from what a user wrote. language.h describes the language.
#ifndef OMNITRACE_TOOLS_WHERE_PARSER_H_
#define OMNITRACE_TOOLS_WHERE_PARSER_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/where/expression.h"

namespace omnitrace::where {

inline constexpr size_t kMostBytes = 16384;      // of an expression
inline constexpr size_t kMostParentheses = 100;  // inside each other

// An error is InvalidArgument and shows the expression, with a caret under the place.
absl::StatusOr<Expression> Parse(absl::string_view expression);

// For tables of options.
absl::Status Check(absl::string_view expression);

}  // namespace omnitrace::where

#endif  // OMNITRACE_TOOLS_WHERE_PARSER_H_
