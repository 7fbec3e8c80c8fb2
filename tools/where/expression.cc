#include "tools/where/expression.h"

#include "tools/where/operand.h"

namespace omnitrace::where {
namespace {

class TermReader {
 public:
  explicit TermReader(CallValues& call) : call_(call) {}

  Operand operator()(const Null&) const {
    Operand null;
    null.kind = Operand::Kind::kNull;
    return null;
  }
  Operand operator()(const Number& number) const { return Operand::Of(number); }
  Operand operator()(const std::string& text) const { return Operand::Of(text); }
  Operand operator()(const Path& path) const { return call_.At(path); }
  Operand operator()(const SizeOf& size) const { return call_.SizeAt(size.path); }

 private:
  CallValues& call_;
};

bool IsTrue(Comparison::Kind kind, Relation relation) {
  switch (kind) {
    case Comparison::Kind::kEqual:
      return relation == Relation::kEqual;
    case Comparison::Kind::kNotEqual:
      return relation != Relation::kEqual && relation != Relation::kUnknown;
    case Comparison::Kind::kLess:
      return relation == Relation::kLess;
    case Comparison::Kind::kLessOrEqual:
      return relation == Relation::kLess || relation == Relation::kEqual;
    case Comparison::Kind::kGreater:
      return relation == Relation::kGreater;
    case Comparison::Kind::kGreaterOrEqual:
      return relation == Relation::kGreater || relation == Relation::kEqual;
    default:
      return false;
  }
}

bool IsTrue(const Comparison& comparison, CallValues& call) {
  TermReader read(call);
  Operand left = std::visit(read, comparison.left);
  if (comparison.kind == Comparison::Kind::kHolds) return left.Holds();
  if (comparison.kind == Comparison::Kind::kMatches) {
    return Matches(left, std::get<std::string>(comparison.right));
  }
  return IsTrue(comparison.kind, Compare(left, std::visit(read, comparison.right)));
}

}  // namespace

bool Expression::Holds(const Subject& call, absl::Status* damage) const {
  CallValues values(call);
  bool holds = true;
  for (size_t next = 0; next < instructions_.size();) {
    const Instruction& instruction = instructions_[next++];
    switch (instruction.kind) {
      case Instruction::Kind::kCompare:
        holds = IsTrue(comparisons_[instruction.number], values);
        break;
      case Instruction::Kind::kNot:
        holds = !holds;
        break;
      case Instruction::Kind::kSkipIfTrue:
        if (holds) next = instruction.number;
        break;
      case Instruction::Kind::kSkipIfFalse:
        if (!holds) next = instruction.number;
        break;
    }
  }
  damage->Update(values.damage());
  return holds;
}

}  // namespace omnitrace::where
