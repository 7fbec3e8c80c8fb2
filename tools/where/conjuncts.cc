#include "tools/where/conjuncts.h"

#include <algorithm>
#include <optional>
#include <variant>

namespace omnitrace::where {
namespace {

using Instruction = Expression::Instruction;

bool IsSkip(const Instruction& instruction) {
  return instruction.kind == Instruction::Kind::kSkipIfTrue ||
         instruction.kind == Instruction::Kind::kSkipIfFalse;
}

// The instructions from `first` to `end`, with the comparisons that they need.
Expression Part(const Expression& whole, size_t first, size_t end) {
  std::vector<Comparison> comparisons;
  std::vector<Instruction> instructions;
  for (size_t i = first; i < end; ++i) {
    Instruction instruction = whole.instructions()[i];
    if (instruction.kind == Instruction::Kind::kCompare) {
      comparisons.push_back(whole.comparisons()[instruction.number]);
      instruction.number = comparisons.size() - 1;
    } else if (IsSkip(instruction)) {
      instruction.number -= first;
    }
    instructions.push_back(instruction);
  }
  return Expression(std::move(comparisons), std::move(instructions));
}

// The && on which all depends: the first that no other skip leads over, when nothing is done with
// what comes of it but another && of the same kind.
std::optional<size_t> FirstAnd(const Expression& expression) {
  const std::vector<Instruction>& instructions = expression.instructions();
  size_t reached = 0;  // by skips
  for (size_t i = 0; i < instructions.size(); ++i) {
    if (!IsSkip(instructions[i])) continue;
    bool outer = reached <= i && instructions[i].kind == Instruction::Kind::kSkipIfFalse;
    size_t next = instructions[i].number;
    while (outer && next < instructions.size() &&
           instructions[next].kind == Instruction::Kind::kSkipIfFalse) {
      next = instructions[next].number;
    }
    if (outer && next >= instructions.size()) return i;
    reached = std::max(reached, instructions[i].number);
  }
  return std::nullopt;
}

bool IsOfTheEnd(const Term& term) {
  const Path* path = std::get_if<Path>(&term);
  if (const SizeOf* size = std::get_if<SizeOf>(&term)) path = &size->path;
  if (path == nullptr) return false;
  switch (path->root) {
    case Root::kReturn:
    case Root::kThrown:
    case Root::kChanged:
    case Root::kEnd:
    case Root::kDuration:
    case Root::kOpen:
    case Root::kUnwound:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::vector<Expression> Conjuncts(const Expression& expression) {
  std::vector<Expression> parts;
  std::vector<Expression> open = {expression};
  while (!open.empty()) {
    Expression next = std::move(open.back());
    open.pop_back();
    std::optional<size_t> split = FirstAnd(next);
    if (!split) {
      parts.push_back(std::move(next));
      continue;
    }
    // The left one is taken next.
    open.push_back(Part(next, *split + 1, next.instructions().size()));
    open.push_back(Part(next, 0, *split));
  }
  return parts;
}

bool IsAboutTheEnd(const Expression& expression) {
  const std::vector<Comparison>& comparisons = expression.comparisons();
  return std::any_of(comparisons.begin(), comparisons.end(), [](const Comparison& comparison) {
    return IsOfTheEnd(comparison.left) || IsOfTheEnd(comparison.right);
  });
}

}  // namespace omnitrace::where
