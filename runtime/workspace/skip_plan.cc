#include "runtime/workspace/skip_plan.h"

#include "runtime/workspace/value_decoder.h"
#include "runtime/workspace/value_skipper.h"

namespace omnitrace::workspace {

SkipPlan SkipPlan::ForArguments(const Metadata& metadata, const Function& function) {
  SkipPlan plan;
  plan.sized_ = (function.flags & kFunctionSizedArguments) != 0;
  if (plan.sized_) return plan;
  for (const ParameterInfo& parameter : function.parameters) plan.Add(metadata, parameter.type);
  return plan;
}

SkipPlan SkipPlan::ForResult(const Metadata& metadata, const Function& function) {
  SkipPlan plan;
  plan.sized_ = (function.flags & kFunctionSizedResult) != 0;
  if (!plan.sized_) plan.Add(metadata, function.result);
  return plan;
}

void SkipPlan::Add(const Metadata& metadata, uint32_t id) {
  if (id == 0) return;
  ++nodes_;
  const TypeInfo* type = metadata.FindType(id);
  if (type == nullptr) return AddStep(Step::Kind::kValue, id);
  if (IsStoredRaw(*type)) {
    PlainCost cost = metadata.CostOf(*type);
    bool shallow = cost.is_known() && cost.levels < DecodeBudget::kMostDepth;
    nodes_ += shallow ? cost.nodes : kUncertain;
    return AddStep(Step::Kind::kBytes, type->size);
  }
  if (IsOneVarint(type->kind)) return AddStep(Step::Kind::kVarints, 1);
  switch (type->kind) {
    case TypeKind::kVoid:
    case TypeKind::kNullPointer:
      return;
    case TypeKind::kPointer:
    case TypeKind::kSmartPointer:
      if (type->element == 0) return AddStep(Step::Kind::kVarints, 1);
      return AddStep(Step::Kind::kValue, id);
    default:
      return AddStep(Step::Kind::kValue, id);
  }
}

void SkipPlan::AddStep(Step::Kind kind, uint32_t amount) {
  if (kind == Step::Kind::kValue) nodes_ += kUncertain;
  bool joins = kind != Step::Kind::kValue && !steps_.empty() && steps_.back().kind == kind &&
               steps_.back().amount <= UINT32_MAX - amount;
  if (joins) {
    steps_.back().amount += amount;
  } else {
    steps_.push_back({kind, amount});
  }
}

absl::string_view SkipPlan::Take(const Metadata& metadata, ByteParser* in,
                                 std::string* error) const {
  if (sized_) return in->Text();
  const char* begin = in->cursor();
  for (const Step& step : steps_) {
    switch (step.kind) {
      case Step::Kind::kVarints:
        in->SkipVarints(step.amount);
        break;
      case Step::Kind::kBytes:
        in->Raw(step.amount);
        break;
      case Step::Kind::kValue:
        if (!TakeValue(metadata, step.amount, in, error)) return {};
        break;
    }
  }
  return absl::string_view(begin, static_cast<size_t>(in->cursor() - begin));
}

bool SkipPlan::TakeValue(const Metadata& metadata, uint32_t type, ByteParser* in,
                         std::string* error) {
  ValueSkipper skipper(metadata, in->Rest());
  if (skipper.Skip(type)) {
    in->Raw(skipper.position());
    return true;
  }
  ValueDecoder decoder(metadata, in->Rest());
  absl::StatusOr<Value> value = decoder.Next(type);
  if (value.ok()) {
    in->Raw(decoder.position());
  } else {
    *error = std::string(value.status().message());
  }
  return value.ok();
}

}  // namespace omnitrace::workspace
