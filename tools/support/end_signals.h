// The user's wish that a command that goes on and on comes to its end: SIGINT, SIGTERM, SIGHUP.
#ifndef OMNITRACE_TOOLS_SUPPORT_END_SIGNALS_H_
#define OMNITRACE_TOOLS_SUPPORT_END_SIGNALS_H_

#include "absl/time/time.h"

namespace omnitrace::tools {

// While it lives, they don't end the tool. There is one at a time.
class EndSignals {
 public:
  // `impatient`, which must be async-signal-safe, is called by every signal but the first.
  explicit EndSignals(void (*impatient)() = nullptr);
  ~EndSignals();
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  static bool Came();
  // Returns at once when one comes, or has come.
  static void WaitUntil(absl::Time time);
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_END_SIGNALS_H_
