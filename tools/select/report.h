// What the units of a build say, put together: every function once, in the order of the sources.
#ifndef OMNITRACE_TOOLS_SELECT_REPORT_H_
#define OMNITRACE_TOOLS_SELECT_REPORT_H_

#include <set>
#include <string>
#include <vector>

#include "tools/select/unit.h"
#include "tools/support/sink.h"

namespace omnitrace::tools {

class Report {
 public:
  void Add(Unit unit);

  // A line each: FILE:LINE:COLUMN: traced: NAME, or a JSON object.
  void Print(bool with_untraced, bool as_json, Sink& sink) const;

  size_t traced() const { return traced_; }
  // Globs that no unit has a name for.
  std::vector<std::string> Unmatched() const;

 private:
  std::set<JudgedFunction> functions_;
  std::set<std::string> unmatched_;
  bool has_units_ = false;
  size_t traced_ = 0;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SELECT_REPORT_H_
