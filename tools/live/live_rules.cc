#include "tools/live/live_rules.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/coding.h"

namespace omnitrace::tools {
namespace {

constexpr size_t kMostBytes = kLiveRuleBytes - sizeof(LiveRulesHeader);

void Put(uint64_t number, std::string* out) {
  char bytes[kVarintSlack];
  out->append(bytes, PutVarint(bytes, number));
}

template <typename Enum>
void PutEnum(Enum value, std::string* out) {
  Put(static_cast<uint64_t>(value), out);
}

void PutText(absl::string_view text, std::string* out) {
  Put(text.size(), out);
  out->append(text.data(), text.size());
}

struct ConstantWriter {
  std::string* out;

  void operator()(int64_t number) const {
    PutEnum(LiveConstant::kSigned, out);
    Put(ZigZag(number), out);
  }
  void operator()(uint64_t number) const {
    PutEnum(LiveConstant::kUnsigned, out);
    Put(number, out);
  }
  void operator()(double number) const {
    PutEnum(LiveConstant::kReal, out);
    char bytes[sizeof(number)];
    memcpy(bytes, &number, sizeof(number));
    out->append(bytes, sizeof(bytes));
  }
  void operator()(const std::string& text) const {
    PutEnum(LiveConstant::kText, out);
    PutText(text, out);
  }
};

absl::Status PutComparison(const LiveComparison& comparison, std::string* out) {
  if (comparison.path.empty() || comparison.path.size() > kMostLiveSteps) {
    return absl::InvalidArgumentError(absl::StrCat("a comparison of a path of ",
                                                   comparison.path.size(), " names, expected 1 to ",
                                                   kMostLiveSteps));
  }
  PutEnum(comparison.op, out);
  Put(comparison.path.size(), out);
  for (const std::string& name : comparison.path) PutText(name, out);
  std::visit(ConstantWriter{out}, comparison.constant);
  return absl::OkStatus();
}

absl::Status PutRule(const LiveRule& rule, std::string* out) {
  if (rule.one_in == 0) return absl::InvalidArgumentError("a rule that wants one call in 0");
  if (rule.comparisons.size() > kMostLiveComparisons) {
    return absl::InvalidArgumentError(absl::StrCat("a rule with ", rule.comparisons.size(),
                                                   " comparisons, which is more than ",
                                                   kMostLiveComparisons));
  }
  Put(rule.root ? uint64_t{kLiveRuleRoot} : 0, out);
  PutText(rule.globs, out);
  Put(rule.one_in, out);
  Put(rule.per_second, out);
  Put(rule.comparisons.size(), out);
  for (const LiveComparison& comparison : rule.comparisons) {
    absl::Status put = PutComparison(comparison, out);
    if (!put.ok()) return put;
  }
  return absl::OkStatus();
}

}  // namespace

bool MustBeJudged(const LiveRules& rules) {
  return std::any_of(rules.begin(), rules.end(), [](const LiveRule& rule) {
    return rule.root || rule.one_in > 1 || rule.per_second > 0;
  });
}

absl::StatusOr<std::string> EncodeRules(const LiveRules& rules) {
  if (rules.size() > kMostLiveRules) {
    return absl::InvalidArgumentError(
        absl::StrCat(rules.size(), " rules, which is more than ", kMostLiveRules));
  }
  std::string bytes;
  for (const LiveRule& rule : rules) {
    absl::Status put = PutRule(rule, &bytes);
    if (!put.ok()) return put;
  }
  if (bytes.size() <= kMostBytes) return bytes;
  return absl::InvalidArgumentError(absl::StrCat("rules of ", bytes.size(),
                                                 " bytes, which is more than ", kMostBytes,
                                                 "; shorter patterns or conditions take less"));
}

}  // namespace omnitrace::tools
