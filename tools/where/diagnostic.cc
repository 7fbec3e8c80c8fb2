#include "tools/where/diagnostic.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "tools/support/utf8.h"

namespace omnitrace::where {
namespace {

// Bytes shown on either side of the place, so that no terminal breaks the line.
constexpr size_t kShownBefore = 50;
constexpr size_t kShownAfter = 25;

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

size_t Columns(absl::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); }));
}

std::string ShownBefore(absl::string_view text) {
  if (text.size() <= kShownBefore) return tools::Escaped(text);
  text.remove_prefix(text.size() - kShownBefore);
  while (!text.empty() && IsContinuation(text[0])) text.remove_prefix(1);
  return absl::StrCat("…", tools::Escaped(text));
}

std::string ShownAfter(absl::string_view text) {
  if (text.size() <= kShownAfter) return tools::Escaped(text);
  return absl::StrCat(tools::Escaped(tools::WithoutCutCharacter(text.substr(0, kShownAfter))), "…");
}

}  // namespace

absl::Status ErrorAt(absl::string_view expression, size_t place, absl::string_view what) {
  std::string before = ShownBefore(expression.substr(0, place));
  return absl::InvalidArgumentError(absl::StrCat(what, "\n  ", before,
                                                 ShownAfter(expression.substr(place)), "\n  ",
                                                 std::string(Columns(before), ' '), "^"));
}

}  // namespace omnitrace::where
