#include "tools/where/path.h"

#include <algorithm>

#include "tools/where/operand.h"

namespace omnitrace::where {
namespace {

using workspace::Field;
using workspace::Value;

constexpr RootName kRootNames[] = {
    {"args", Root::kArguments, RootName::Steps::kNeeded},
    {"this", Root::kThis, RootName::Steps::kSome},
    {"return", Root::kReturn, RootName::Steps::kSome},
    {"thrown", Root::kThrown, RootName::Steps::kSome},
    {"changed", Root::kChanged, RootName::Steps::kNeeded},
    {"name", Root::kName},
    {"signature", Root::kSignature},
    {"file", Root::kFile},
    {"line", Root::kLine},
    {"start", Root::kStart},
    {"end", Root::kEnd},
    {"duration", Root::kDuration},
    {"depth", Root::kDepth},
    {"thread", Root::kThread},
    {"pid", Root::kPid},
    {"open", Root::kOpen},
    {"unwound", Root::kUnwound},
};

const Value* FieldNamed(const Value& record, absl::string_view name) {
  auto found = std::find_if(record.fields.begin(), record.fields.end(),
                            [name](const Field& field) { return field.name == name; });
  return found == record.fields.end() ? nullptr : &found->value;
}

const Value* ElementAt(const Value& sequence, const Number& index) {
  std::optional<uint64_t> place = index.AsUnsigned();
  bool held = place.has_value() && *place < sequence.fields.size();
  return held ? &sequence.fields[*place].value : nullptr;
}

const Value* ValueOfKey(const Value& map, const Step& step) {
  Operand wanted = step.index ? Operand::Of(*step.index) : Operand::Of(step.name);
  for (size_t i = 0; i + 1 < map.fields.size(); i += 2) {
    if (Compare(Operand::Of(map.fields[i].value), wanted) == Relation::kEqual) {
      return &map.fields[i + 1].value;
    }
  }
  return nullptr;
}

const Value* Follow(const Value& value, const Step& step) {
  switch (value.kind) {
    case Value::Kind::kRecord:
      return step.index ? nullptr : FieldNamed(value, step.name);
    case Value::Kind::kMap:
      return ValueOfKey(value, step);
    case Value::Kind::kSequence:
    case Value::Kind::kTuple:
      return step.index ? ElementAt(value, *step.index) : nullptr;
    default:
      return nullptr;
  }
}

}  // namespace

absl::Span<const RootName> RootNames() { return kRootNames; }

const Value* Follow(const Value& value, absl::Span<const Step> steps) {
  const Value* part = &value;
  for (const Step& step : steps) {
    part = Follow(LookedThrough(*part), step);
    if (part == nullptr) return nullptr;
  }
  return part;
}

}  // namespace omnitrace::where
