// What an observer wants of the calls of the functions that it has turned on. The process itself
// decides it, so that the calls that aren't wanted cost it little, and this tool nothing. FORMAT.md
// ("Rules") tells what rules mean.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_RULES_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_RULES_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "runtime/workspace/live_format.h"

namespace omnitrace::tools {

// An argument, or a field inside of it, compared with a constant. The process lets a call pass
// where it can't tell: for types other than numbers, bool, enums and texts, and what pointers lead
// to.
struct LiveComparison {
  std::vector<std::string> path;  // the argument's name, then those of fields
  LiveOperator op = LiveOperator::kEqual;
  std::variant<int64_t, uint64_t, double, std::string> constant;
};

struct LiveRule {
  std::string globs;  // as --name takes them: the functions and probes it is for; "" is all
  // The functions are roots: wanted are the calls of them that the rule holds for, and what those
  // call on the same thread; other rules say what of that. Roots must be turned on, too.
  bool root = false;
  std::vector<LiveComparison> comparisons;  // all must hold
  uint64_t one_in = 1;  // of a thread's calls of a function that pass, one of each so many
  uint64_t per_second = 0;  // calls of a function, of all threads, at most; 0: any number
};

// Of those with `root`, and of those without, the first rule that is for a function counts, and
// what none is for isn't wanted. Without any but roots all that these call is; without any,
// everything.
using LiveRules = std::vector<LiveRule>;

// Whether only the process can tell which calls they want: a sample, so many a second, or what
// roots call. All else a tool can ask of the arguments again.
bool MustBeJudged(const LiveRules& rules);

// As they stand in a live file. InvalidArgument when they are more than a process takes.
absl::StatusOr<std::string> EncodeRules(const LiveRules& rules);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_RULES_H_
