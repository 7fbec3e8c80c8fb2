#include "tools/where/call_values.h"

#include <algorithm>
#include <string>
#include <utility>

#include "runtime/workspace/format.h"
#include "runtime/workspace/value_difference.h"
#include "tools/support/demangle.h"

namespace omnitrace::where {
namespace {

using workspace::Function;
using workspace::ParameterInfo;
using workspace::Reader;
using workspace::Value;

bool IsThis(const ParameterInfo& parameter) { return (parameter.flags & kParameterThis) != 0; }

// The places of parameters: whether a function has one can be told without decoding anything.
std::optional<size_t> ParameterThis(const Function& function) {
  auto found = std::find_if(function.parameters.begin(), function.parameters.end(), IsThis);
  if (found == function.parameters.end()) return std::nullopt;
  return found - function.parameters.begin();
}

std::optional<size_t> ParameterAt(const Function& function, const Step& step) {
  std::optional<uint64_t> wanted;
  if (step.index) wanted = step.index->AsUnsigned();
  uint64_t place = 0;  // `this` is not counted
  for (size_t i = 0; i < function.parameters.size(); ++i) {
    const ParameterInfo& parameter = function.parameters[i];
    if (IsThis(parameter)) continue;
    if (step.index ? place == wanted : parameter.name == step.name) return i;
    ++place;
  }
  return std::nullopt;
}

Value String(std::string text) {
  Value value;
  value.kind = Value::Kind::kString;
  value.true_size = text.size();
  value.text = std::move(text);
  return value;
}

}  // namespace

std::vector<workspace::Field> ThrownFields(Value thrown, absl::string_view what) {
  std::vector<workspace::Field> fields;
  if (thrown.kind == Value::Kind::kVoid) return fields;
  if (thrown.kind != Value::Kind::kRecord) {
    fields.push_back({"value", std::move(thrown)});
    return fields;
  }
  for (workspace::Field& field : thrown.fields) {
    bool known = field.name == "what" && !what.empty() && field.value.text == what;
    if (!known) fields.push_back(std::move(field));
  }
  return fields;
}

Operand CallValues::At(const Path& path) {
  const Value* value = nullptr;
  switch (path.root) {
    case Root::kArguments:
    case Root::kThis:
    case Root::kReturn:
    case Root::kThrown:
    case Root::kChanged:
      value = Find(path);
      return value == nullptr ? Operand() : Operand::Of(*value);
    default:
      return Field(path.root);
  }
}

Operand CallValues::SizeAt(const Path& path) {
  const Value* found = Find(path);
  if (found == nullptr) return Operand();
  const Value& value = LookedThrough(*found);
  switch (value.kind) {
    case Value::Kind::kString:
    case Value::Kind::kSequence:
    case Value::Kind::kMap:
      return Operand::Of(Number::Integer(value.true_size));
    default:
      return Operand();
  }
}

const Value* CallValues::Find(const Path& path) {
  absl::Span<const Step> steps = path.steps;
  const Value* value = nullptr;
  switch (path.root) {
    case Root::kArguments:
      value = Argument(ParameterAt(*call_.function, steps[0]));
      steps.remove_prefix(1);
      break;
    case Root::kThis:
      value = Argument(ParameterThis(*call_.function));
      break;
    case Root::kChanged:
      value = Changed(steps[0].name == "this" ? ParameterThis(*call_.function)
                                              : ParameterAt(*call_.function, steps[0]));
      steps.remove_prefix(1);
      break;
    case Root::kReturn:
      value = Result();
      break;
    case Root::kThrown:
      value = Thrown();
      break;
    default:
      return nullptr;
  }
  return value == nullptr ? nullptr : Follow(*value, steps);
}

const Value* CallValues::Argument(std::optional<size_t> place) {
  if (!place.has_value()) return nullptr;
  if (!arguments_.has_value()) {
    absl::StatusOr<std::vector<Reader::Argument>> decoded =
        call_.reader->DecodeArguments(*call_.function, call_.arguments);
    damage_.Update(decoded.status());
    arguments_ = decoded.ok() ? *std::move(decoded) : std::vector<Reader::Argument>();
  }
  return *place < arguments_->size() ? &(*arguments_)[*place].value : nullptr;
}

const Value* CallValues::Changed(std::optional<size_t> place) {
  if (!place.has_value()) return nullptr;
  if (!changed_.has_value()) {
    absl::StatusOr<std::vector<Reader::Argument>> decoded =
        workspace::ChangedArguments(*call_.reader, *call_.function, call_.arguments, call_.changed);
    damage_.Update(decoded.status());
    changed_ = decoded.ok() ? *std::move(decoded) : std::vector<Reader::Argument>();
  }
  for (const Reader::Argument& argument : *changed_) {
    if (argument.parameter == &call_.function->parameters[*place]) return &argument.value;
  }
  return nullptr;
}

const Value* CallValues::Result() {
  if (call_.threw || call_.open || call_.unwound) return nullptr;
  if (!result_.has_value()) {
    absl::StatusOr<Value> decoded = call_.reader->DecodeResult(*call_.function, call_.result);
    damage_.Update(decoded.status());
    result_ = decoded.ok() ? *std::move(decoded) : Value();
  }
  return &*result_;
}

const Value* CallValues::Thrown() {
  if (!call_.threw) return nullptr;
  if (!thrown_.has_value()) {
    thrown_.emplace().kind = Value::Kind::kRecord;
    thrown_->fields.push_back({"type", String(tools::Demangle(call_.thrown_type))});
    // Only exceptions of std::exception have one.
    if (!call_.thrown_what.empty()) {
      thrown_->fields.push_back({"what", String(std::string(call_.thrown_what))});
    }
    absl::StatusOr<Value> decoded = call_.reader->DecodeThrown(call_.thrown_value);
    damage_.Update(decoded.status());
    if (!decoded.ok()) return &*thrown_;
    for (workspace::Field& field : ThrownFields(*std::move(decoded), call_.thrown_what)) {
      thrown_->fields.push_back(std::move(field));
    }
  }
  return &*thrown_;
}

Operand CallValues::Field(Root root) const {
  const Function& function = *call_.function;
  switch (root) {
    case Root::kName:
      return Operand::Of(function.name);
    case Root::kSignature:
      return Operand::Of(function.signature);
    case Root::kFile:
      return Operand::Of(function.file);
    case Root::kLine:
      return Operand::Of(Number::Integer(function.line));
    case Root::kStart:
      return Operand::Of(Number::Integer(call_.start));
    case Root::kEnd:
      return Operand::Of(Number::Integer(call_.end));
    case Root::kDuration:
      return Operand::Of(Number::Integer(call_.end - call_.start));
    case Root::kDepth:
      return Operand::Of(Number::Integer(call_.depth));
    case Root::kThread: {
      Operand thread = Operand::Of(call_.thread->name);
      thread.number = Number::Integer(call_.thread->index);
      return thread;
    }
    case Root::kPid:
      return Operand::Of(Number::Integer(call_.reader->info().pid));
    case Root::kOpen:
      return Operand::Of(Number::Integer(call_.open));
    case Root::kUnwound:
      return Operand::Of(Number::Integer(call_.unwound));
    default:
      return Operand();
  }
}

}  // namespace omnitrace::where
