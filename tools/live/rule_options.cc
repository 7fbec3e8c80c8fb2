#include "tools/live/rule_options.h"

#include <cstdint>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::tools {
namespace {

// 0: it is none.
uint64_t CountOf(absl::string_view text) {
  uint64_t count = 0;
  return absl::SimpleAtoi(text, &count) ? count : 0;
}

uint64_t SampleOf(absl::string_view text) {
  return absl::ConsumePrefix(&text, "1/") ? CountOf(text) : 0;
}

uint64_t LimitOf(absl::string_view text) {
  return absl::ConsumeSuffix(&text, "/s") ? CountOf(text) : 0;
}

}  // namespace

absl::Status CheckSample(absl::string_view text) {
  if (SampleOf(text) != 0) return absl::OkStatus();
  return absl::InvalidArgumentError("expected 1/N, such as 1/100");
}

absl::Status CheckLimit(absl::string_view text) {
  if (LimitOf(text) != 0) return absl::OkStatus();
  return absl::InvalidArgumentError("expected N/s, such as 1000/s");
}

absl::StatusOr<LiveFilter> FilterOf(const CommandLine& line) {
  LiveFilter filter;
  std::vector<where::Expression> conditions;
  for (const std::string& text : line.Texts("where")) {
    ASSIGN_OR_RETURN(where::Expression condition, where::Parse(text));
    conditions.push_back(std::move(condition));
  }
  filter.condition = LiveCondition(conditions);
  LiveRule rule;
  rule.comparisons = filter.condition.Comparisons();
  if (line.Has("sample")) rule.one_in = SampleOf(line.Text("sample"));
  if (line.Has("limit")) rule.per_second = LimitOf(line.Text("limit"));
  bool any = !rule.comparisons.empty() || rule.one_in > 1 || rule.per_second > 0;
  if (any) filter.rules.push_back(std::move(rule));
  return filter;
}

}  // namespace omnitrace::tools
