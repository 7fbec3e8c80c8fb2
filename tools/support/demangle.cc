#include "tools/support/demangle.h"

#include <cxxabi.h>
#include <stdlib.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace omnitrace::tools {
namespace {

constexpr absl::string_view kOperator = "operator";
constexpr absl::string_view kUnnamed = "(anonymous namespace)";

// Bytes of the operator's name that `text` begins with; 0 when there is none.
size_t OperatorLength(absl::string_view text, absl::string_view before) {
  bool inside_word = !before.empty() && (absl::ascii_isalnum(before.back()) || before.back() == '_');
  if (inside_word || !absl::StartsWith(text, kOperator)) return 0;
  size_t end = kOperator.size();
  if (absl::StartsWith(text.substr(end), "()")) return end + 2;
  // operator<<, operator new, operator int: up to the parameters.
  return text.find('(', end) == absl::string_view::npos ? text.size() : text.find('(', end);
}

// Behind the parenthesis that belongs to the one at `open`.
size_t ClosingEnd(absl::string_view text, size_t open) {
  int depth = 0;
  for (size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i + 1;
  }
  return text.size();
}

// The name in a function's declaration.
std::string NameIn(absl::string_view text) {
  std::string name;
  int depth = 0;
  for (size_t i = 0; i < text.size();) {
    absl::string_view rest = text.substr(i);
    size_t whole = depth > 0 ? 0
                   : absl::StartsWith(rest, kUnnamed) ? kUnnamed.size()
                                                      : OperatorLength(rest, name);
    if (whole > 0) {
      absl::StrAppend(&name, rest.substr(0, whole));
      i += whole;
    } else if (depth == 0 && (rest[0] == '(' || rest[0] == '[')) {
      // Parameters end the name, but those of a function around it only interrupt it.
      size_t scope = rest[0] == '(' ? text.find("::", ClosingEnd(text, i)) : text.find(']', i);
      if (scope == absl::string_view::npos) break;
      i = rest[0] == '(' ? scope : scope + 1;
    } else {
      char c = rest[0];
      if (c == '<' || c == '{' || c == '(') ++depth;
      if (c == '}' || c == ')' || (c == '>' && !absl::EndsWith(name, "-"))) --depth;
      name += c;
      if (depth == 0 && c == ' ') name.clear();  // that was the result
      ++i;
    }
  }
  return name;
}

}  // namespace

std::string DemangledName(absl::string_view mangled) {
  std::string text = Demangle(mangled);
  std::string name = NameIn(text);
  return name.empty() ? text : name;
}

std::string Demangle(absl::string_view mangled) {
  std::string name(mangled);
  int status = 0;
  std::unique_ptr<char, decltype(&free)> readable(
      abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), &free);
  return status == 0 ? readable.get() : name;
}

}  // namespace omnitrace::tools
