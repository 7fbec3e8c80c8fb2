// How long a tool waits between two looks at what live processes have recorded.
#ifndef OMNITRACE_TOOLS_LIVE_LOOK_PAUSE_H_
#define OMNITRACE_TOOLS_LIVE_LOOK_PAUSE_H_

#include <algorithm>

#include "absl/time/time.h"

namespace omnitrace::tools {

class LookPause {
 public:
  // Behind a look that has found something, or hasn't.
  absl::Duration After(bool any) { return pause_ = any ? kShort : std::min(2 * pause_, kLong); }

 private:
  // A million events a second make 60 MB, and a thread keeps 8.
  static constexpr absl::Duration kShort = absl::Milliseconds(1);
  static constexpr absl::Duration kLong = absl::Milliseconds(20);

  absl::Duration pause_ = kShort;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LOOK_PAUSE_H_
