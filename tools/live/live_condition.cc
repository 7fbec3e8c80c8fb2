#include "tools/live/live_condition.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <variant>

#include "tools/where/conjuncts.h"

namespace omnitrace::tools {
namespace {

using where::Comparison;
using where::Expression;
using Kind = Comparison::Kind;

// Of a rule's 12 KiB: longer texts are compared by this tool alone.
constexpr size_t kMostText = 512;

struct Operator {
  Kind kind;
  LiveOperator op, reversed;
};
constexpr Operator kOperators[] = {
    {Kind::kEqual, LiveOperator::kEqual, LiveOperator::kEqual},
    {Kind::kNotEqual, LiveOperator::kNotEqual, LiveOperator::kNotEqual},
    {Kind::kLess, LiveOperator::kLess, LiveOperator::kGreater},
    {Kind::kLessOrEqual, LiveOperator::kLessOrEqual, LiveOperator::kGreaterOrEqual},
    {Kind::kGreater, LiveOperator::kGreater, LiveOperator::kLess},
    {Kind::kGreaterOrEqual, LiveOperator::kGreaterOrEqual, LiveOperator::kLessOrEqual},
};

std::optional<std::vector<std::string>> PathOf(const where::Term& term) {
  const auto* path = std::get_if<where::Path>(&term);
  if (path == nullptr || path->root != where::Root::kArguments) return std::nullopt;
  if (path->steps.size() > kMostLiveSteps) return std::nullopt;
  std::vector<std::string> names;
  size_t bytes = 0;
  for (const where::Step& step : path->steps) {
    if (step.index.has_value()) return std::nullopt;
    names.push_back(step.name);
    bytes += step.name.size();
  }
  if (bytes > kMostText) return std::nullopt;
  return names;
}

// A number that no double is: whatever is less than it is at most the next one above.
bool PutReal(long double real, LiveComparison* comparison) {
  auto near = static_cast<double>(real);
  comparison->constant = near;
  if (near == real || std::isnan(real)) return true;
  bool less = comparison->op == LiveOperator::kLess || comparison->op == LiveOperator::kLessOrEqual;
  bool more =
      comparison->op == LiveOperator::kGreater || comparison->op == LiveOperator::kGreaterOrEqual;
  if (!less && !more) return false;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (less && near < real) near = std::nextafter(near, kInfinity);
  if (more && near > real) near = std::nextafter(near, -kInfinity);
  comparison->op = less ? LiveOperator::kLessOrEqual : LiveOperator::kGreaterOrEqual;
  comparison->constant = near;
  return true;
}

bool PutConstant(const where::Term& term, LiveComparison* comparison) {
  if (const auto* text = std::get_if<std::string>(&term)) {
    comparison->constant = *text;
    return text->size() <= kMostText;
  }
  const auto* number = std::get_if<where::Number>(&term);
  if (number == nullptr) return false;
  if (auto real = number->AsReal()) return PutReal(*real, comparison);
  if (auto integer = number->AsSigned()) {
    comparison->constant = *integer;
    return true;
  }
  auto integer = number->AsUnsigned();
  if (integer) comparison->constant = *integer;
  return integer.has_value();
}

// Null when a process can't decide it.
std::optional<LiveComparison> Pushed(const Expression& expression) {
  if (expression.instructions().size() != 1) return std::nullopt;
  const Comparison& comparison = expression.comparisons()[0];
  const auto* op = std::find_if(std::begin(kOperators), std::end(kOperators),
                                [&](const Operator& each) { return each.kind == comparison.kind; });
  if (op == std::end(kOperators)) return std::nullopt;
  std::optional<std::vector<std::string>> path = PathOf(comparison.left);
  bool reversed = !path.has_value();
  if (reversed) path = PathOf(comparison.right);
  if (!path) return std::nullopt;
  LiveComparison pushed = {*std::move(path), reversed ? op->reversed : op->op, int64_t{0}};
  if (!PutConstant(reversed ? comparison.left : comparison.right, &pushed)) return std::nullopt;
  return pushed;
}

where::Subject SubjectOf(const LiveEvent& event, const workspace::Thread& thread) {
  where::Subject call;
  call.reader = event.reader;
  call.thread = &thread;
  call.function = event.function;
  call.depth = event.depth;
  call.start = event.time - std::min(event.time, event.duration);
  call.end = event.time;
  call.threw = event.kind == LiveEvent::Kind::kThrow;
  // Nothing is to be decoded of a result that isn't there.
  call.open = event.kind == LiveEvent::Kind::kEnter || event.kind == LiveEvent::Kind::kProbe;
  call.arguments = event.arguments;
  call.result = event.result;
  call.thrown_type = event.thrown_type;
  call.thrown_what = event.thrown_what;
  call.thrown_value = event.thrown_value;
  return call;
}

}  // namespace

LiveCondition::LiveCondition(const std::vector<Expression>& conditions) {
  for (const Expression& condition : conditions) {
    for (Expression& part : where::Conjuncts(condition)) {
      bool at_end = where::IsAboutTheEnd(part);
      parts_.push_back({std::move(part), at_end});
    }
  }
}

bool LiveCondition::Holds(const LiveEvent& event) const {
  if (parts_.empty()) return true;
  workspace::Thread thread;
  thread.index = event.thread;
  where::Subject call = SubjectOf(event, thread);
  bool enters = event.kind == LiveEvent::Kind::kEnter;
  absl::Status damage;
  return std::all_of(parts_.begin(), parts_.end(), [&](const Part& part) {
    return (enters && part.at_end) || part.expression.Holds(call, &damage);
  });
}

bool LiveCondition::IsAboutTheEnd() const {
  return std::any_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.at_end; });
}

std::vector<LiveComparison> LiveCondition::Comparisons() const {
  std::vector<LiveComparison> comparisons;
  for (const Part& part : parts_) {
    std::optional<LiveComparison> pushed = Pushed(part.expression);
    if (pushed && comparisons.size() < kMostLiveComparisons) {
      comparisons.push_back(*std::move(pushed));
    }
  }
  return comparisons;
}

}  // namespace omnitrace::tools
