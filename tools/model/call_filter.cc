#include "tools/model/call_filter.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/glob.h"

namespace omnitrace::tools {

CallFilter::CallFilter(const CommandLine& line)
    : namespaces_(absl::StrJoin(line.List("ns"), ",")),
      names_(absl::StrJoin(line.List("name"), ",")),
      hidden_(absl::StrJoin(line.List("hide"), ",")),
      threads_(absl::StrJoin(line.List("thread"), ",")),
      since_(line.Time("since", 0)),
      until_(line.Time("until", UINT64_MAX)),
      min_duration_(line.Time("min-duration", 0)),
      fold_trivial_(line.Has("fold-trivial")) {
  for (const std::string& condition : line.Texts("where")) {
    conditions_.push_back(where::Parse(condition).value());  // the table's check has seen it
  }
  LimitDepth(line.Number("depth", UINT32_MAX));
}

bool CallFilter::ShowsThread(const workspace::Thread& thread) const {
  return threads_.empty() || GlobMatches(threads_, absl::StrCat(thread.index)) ||
         GlobMatches(threads_, thread.name);
}

bool CallFilter::ShowsFunction(const workspace::Function& function) const {
  const std::string& name = function.name;
  if (fold_trivial_ && (function.flags & kFunctionTrivial)) return false;
  if (!namespaces_.empty() && !GlobMatches(namespaces_, name)) return false;
  if (!names_.empty() && !GlobMatches(names_, name)) return false;
  return hidden_.empty() || !GlobMatches(hidden_, name);
}

bool CallFilter::ShowsValues(const where::Subject& call, absl::Status* damage) const {
  return std::all_of(
      conditions_.begin(), conditions_.end(),
      [&](const where::Expression& condition) { return condition.Holds(call, damage); });
}

bool CallFilter::shows_everything() const {
  return threads_.empty() && !hides_callers() && since_ == 0 && until_ == UINT64_MAX &&
         min_duration_ == 0 && depth_ == UINT32_MAX;
}

bool CallFilter::hides_callers() const {
  return has_conditions() || fold_trivial_ || !namespaces_.empty() || !names_.empty() ||
         !hidden_.empty();
}

void CallFilter::LimitDepth(uint64_t depth) {
  depth_ = static_cast<uint32_t>(std::min<uint64_t>(depth, depth_));
}

}  // namespace omnitrace::tools
