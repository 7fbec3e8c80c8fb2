// Which calls are shown. A hidden call's children move up to the nearest shown caller.
// Conditions (--where) need a whole call: its arguments, its end, its result. ThreadCalls asks
// them, and who reads events instead lets one run ahead.
#ifndef OMNITRACE_TOOLS_MODEL_CALL_FILTER_H_
#define OMNITRACE_TOOLS_MODEL_CALL_FILTER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/workspace/reader.h"
#include "tools/support/command_line.h"
#include "tools/where/expression.h"
#include "tools/where/parser.h"

namespace omnitrace::tools {

inline constexpr Option kFilterOptions[] = {
    {0, "ns", "LIST", "only functions in these namespaces: globs as in -fomni-ns"},
    {0, "name", "LIST", "only functions that one of these globs matches"},
    {0, "hide", "LIST", "not the functions that one of these globs matches"},
    {0, "thread", "LIST", "only these threads, by number or name"},
    {0, "since", "TIME", "only calls that end at or after this time since the start"},
    {0, "until", "TIME", "only calls that start before this time"},
    {0, "min-duration", "TIME", "only calls that take at least this long"},
    {0, "depth", "N", "only calls with fewer than N callers"},
    {0, "where", "EXPR",
     "only calls that meet this condition, as 'args.n > 3 && !thrown'; see `omnitrace help where`",
     &where::Check},
    {0, "fold-trivial", "", "not the one-liners: setters, operators, forwards"},
};
inline constexpr OptionGroup kFilterGroup = {"Filters", kFilterOptions};

class CallFilter {
 public:
  CallFilter() = default;  // shows everything
  explicit CallFilter(const CommandLine& line);

  bool ShowsThread(const workspace::Thread& thread) const;
  bool ShowsFunction(const workspace::Function& function) const;
  // `depth` counts recorded callers, hidden ones too; times are nanoseconds since the start.
  bool ShowsCall(uint32_t depth, uint64_t start, uint64_t end) const {
    return depth < depth_ && start < until_ && end >= since_ && end - start >= min_duration_;
  }

  bool has_conditions() const { return !conditions_.empty(); }
  // Whether all conditions hold. A value that cannot be decoded is missing, and goes to `damage`.
  bool ShowsValues(const where::Subject& call, absl::Status* damage) const;

  bool shows_everything() const;
  // Whether a shown call may have a hidden caller: only else depth as recorded is depth as shown.
  bool hides_callers() const;
  uint64_t until() const { return until_; }
  uint32_t depth() const { return depth_; }
  void LimitDepth(uint64_t depth);

 private:
  std::vector<where::Expression> conditions_;
  std::string namespaces_, names_, hidden_, threads_;  // lists of globs; "" is no condition
  uint64_t since_ = 0;
  uint64_t until_ = UINT64_MAX;
  uint64_t min_duration_ = 0;
  uint32_t depth_ = UINT32_MAX;
  bool fold_trivial_ = false;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_CALL_FILTER_H_
