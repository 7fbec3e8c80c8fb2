// A line on standard error that shows how far long work is. It appears after half a second, only
// on a terminal, and leaves no trace.
#ifndef OMNITRACE_TOOLS_SUPPORT_PROGRESS_H_
#define OMNITRACE_TOOLS_SUPPORT_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace omnitrace::tools {

class Progress {
 public:
  // `total` is in any unit, the same as that of Update(); `quiet` is for output that is itself a
  // sign of life.
  Progress(absl::string_view label, uint64_t total, bool quiet = false);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Cheap, but not free: once per block, not per call.
  void Update(uint64_t done);

 private:
  using Clock = std::chrono::steady_clock;

  const std::string label_;
  const uint64_t total_;
  const bool enabled_;
  bool shown_ = false;
  Clock::time_point next_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_PROGRESS_H_
