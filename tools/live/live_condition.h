// A condition (tools/where) on live events.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_CONDITION_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_CONDITION_H_

#include <vector>

#include "tools/live/live_event.h"
#include "tools/live/live_rules.h"
#include "tools/where/expression.h"

namespace omnitrace::tools {

class LiveCondition {
 public:
  // Holds for everything.
  LiveCondition() = default;
  // All of them must hold.
  explicit LiveCondition(const std::vector<where::Expression>& conditions);

  bool empty() const { return parts_.empty(); }
  // At a function's entry, what depends on how the call ends counts as if it held: that is asked at
  // the end. What a call changed isn't known.
  bool Holds(const LiveEvent& event) const;
  // Whether anything of it is asked at a call's end only.
  bool IsAboutTheEnd() const;
  // What a process can decide of it, as far as there is room in a rule.
  std::vector<LiveComparison> Comparisons() const;

 private:
  struct Part {
    where::Expression expression;
    bool at_end;
  };

  std::vector<Part> parts_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_CONDITION_H_
