#include "runtime/recording/rule_parser.h"

#include "runtime/recording/copy.h"
#include "runtime/workspace/coding.h"

namespace omnitrace::recording {

bool RuleParser::Next(Rule* rule) {
  if (!ok_ || at_ == end_ || !Expect(count_++ < kMostLiveRules)) return false;
  uint64_t flags = Number();
  rule->is_root = flags == kLiveRuleRoot;
  rule->globs = Text();
  rule->one_in = Number();
  rule->per_second = Number();
  uint64_t comparisons = Number();
  if (!Expect(flags <= kLiveRuleRoot && rule->one_in > 0 && comparisons <= kMostLiveComparisons)) {
    return false;
  }
  rule->comparison_count = static_cast<uint32_t>(comparisons);
  for (uint32_t i = 0; i < rule->comparison_count; ++i) {
    if (!ParseComparison(&rule->comparisons[i])) return false;
  }
  return true;
}

bool RuleParser::ParseComparison(RuleComparison* comparison) {
  uint64_t op = Number(), steps = Number();
  bool known = op <= static_cast<uint64_t>(kLastLiveOperator);
  if (!Expect(known && steps > 0 && steps <= kMostLiveSteps)) return false;
  comparison->op = static_cast<LiveOperator>(op);
  comparison->step_count = static_cast<uint32_t>(steps);
  for (uint32_t i = 0; i < comparison->step_count; ++i) comparison->steps[i] = Text();
  return ParseConstant(&comparison->constant);
}

bool RuleParser::ParseConstant(RuleConstant* constant) {
  uint64_t kind = Number();
  if (!Expect(kind <= static_cast<uint64_t>(LiveConstant::kText))) return false;
  *constant = {static_cast<LiveConstant>(kind), 0, 0, {}};
  switch (constant->kind) {
    case LiveConstant::kSigned:
      constant->bits = static_cast<uint64_t>(UnZigZag(Number()));
      break;
    case LiveConstant::kUnsigned:
      constant->bits = Number();
      break;
    case LiveConstant::kReal:
      if (!Expect(static_cast<size_t>(end_ - at_) >= sizeof(double))) return false;
      constant->real = Load<double>(at_);
      at_ += sizeof(double);
      break;
    case LiveConstant::kText:
      constant->text = Text();
      break;
  }
  return ok_;
}

uint64_t RuleParser::Number() {
  uint64_t number = 0;
  const char* behind = ok_ ? GetVarint(at_, end_, &number) : nullptr;
  if (!Expect(behind != nullptr)) return 0;
  at_ = behind;
  return number;
}

std::string_view RuleParser::Text() {
  uint64_t size = Number();
  if (!Expect(size <= static_cast<uint64_t>(end_ - at_))) return {};
  std::string_view text(at_, size);
  at_ += size;
  return text;
}

bool RuleParser::Expect(bool good) {
  ok_ = ok_ && good;
  return ok_;
}

bool AreRules(std::string_view bytes) {
  RuleParser parser(bytes);
  Rule rule;
  while (parser.Next(&rule)) {
  }
  return parser.ok();
}

}  // namespace omnitrace::recording
