#include "runtime/workspace/value_difference.h"

#include <algorithm>
#include <utility>

#include "runtime/workspace/status_macros.h"

namespace omnitrace::workspace {
namespace {

bool IsUnknown(const Value& value) {
  return value.kind == Value::Kind::kCut || value.kind == Value::Kind::kUnreadable;
}

bool IsSized(const Value& value) {
  return value.kind == Value::Kind::kString || value.kind == Value::Kind::kSequence ||
         value.kind == Value::Kind::kMap;
}

bool TextsDiffer(const Value& before, const Value& after) {
  size_t size = std::min(before.text.size(), after.text.size());
  return before.text.compare(0, size, after.text, 0, size) != 0;
}

}  // namespace

bool Differ(const Value& before, const Value& after) {
  if (IsUnknown(after)) return false;
  if (IsUnknown(before)) return before.kind == Value::Kind::kCut;
  if (before.kind != after.kind || before.number != after.number) return true;
  if (before.kind == Value::Kind::kDouble && before.real != after.real) return true;
  if (IsSized(before) && before.true_size != after.true_size) return true;
  if (before.torn != after.torn) return true;
  if (TextsDiffer(before, after)) return true;
  // A pointer whose target was recorded only later shows something new; one that was not recorded
  // again does not.
  if (before.fields.empty() && before.kind == Value::Kind::kPointer) return !after.fields.empty();
  size_t size = std::min(before.fields.size(), after.fields.size());
  for (size_t i = 0; i < size; ++i) {
    if (Differ(before.fields[i].value, after.fields[i].value)) return true;
  }
  return false;
}

absl::StatusOr<std::vector<Reader::Argument>> ChangedArguments(const Reader& reader,
                                                               const Function& function,
                                                               absl::string_view arguments,
                                                               absl::string_view changed) {
  std::vector<Reader::Argument> found;
  if (changed.empty()) return found;
  ASSIGN_OR_RETURN(std::vector<Reader::Argument> after, reader.DecodeChanged(function, changed));
  ASSIGN_OR_RETURN(std::vector<Reader::Argument> before,
                   reader.DecodeArguments(function, arguments));
  auto known = before.begin();  // both are in the order of the parameters
  for (Reader::Argument& argument : after) {
    while (known->parameter != argument.parameter) ++known;
    if (Differ(known->value, argument.value)) found.push_back(std::move(argument));
  }
  return found;
}

}  // namespace omnitrace::workspace
