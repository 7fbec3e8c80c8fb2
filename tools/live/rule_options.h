// The options by which commands on live processes say which calls they want of a function.
#ifndef OMNITRACE_TOOLS_LIVE_RULE_OPTIONS_H_
#define OMNITRACE_TOOLS_LIVE_RULE_OPTIONS_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/live/live_condition.h"
#include "tools/live/live_rules.h"
#include "tools/support/command_line.h"
#include "tools/where/parser.h"

namespace omnitrace::tools {

absl::Status CheckSample(absl::string_view text);
absl::Status CheckLimit(absl::string_view text);

inline constexpr Option kRuleOptions[] = {
    {0, "where", "EXPR",
     "only calls that meet this condition, as 'args.n > 3'; what it says about a result, a "
     "duration "
     "or an exception is asked at a call's end; see `omnitrace help where`",
     &where::Check},
    {0, "sample", "1/N",
     "of a thread's calls of each function or probe that meet the conditions on arguments, one of "
     "each N; threads begin at different ones",
     &CheckSample},
    {0, "limit", "N/s",
     "at most N calls of each function or probe in a second, and of these --sample has left",
     &CheckLimit},
};
inline constexpr OptionGroup kRuleGroup = {"Filters, which spare the processes the work",
                                           kRuleOptions};

// Which of the calls of what is turned on are wanted. The process decides what it can by the rules;
// the condition is all of --where, and asked of what arrives.
struct LiveFilter {
  LiveRules rules;
  LiveCondition condition;

  bool empty() const { return rules.empty() && condition.empty(); }
};
absl::StatusOr<LiveFilter> FilterOf(const CommandLine& line);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_RULE_OPTIONS_H_
