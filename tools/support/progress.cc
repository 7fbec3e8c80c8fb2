#include "tools/support/progress.h"

#include <stdio.h>
#include <unistd.h>

#include <algorithm>

namespace omnitrace::tools {

Progress::Progress(absl::string_view label, uint64_t total, bool quiet)
    : label_(label),
      total_(std::max<uint64_t>(total, 1)),
      enabled_(!quiet && isatty(STDERR_FILENO)),
      next_(Clock::now() + std::chrono::milliseconds(500)) {}

Progress::~Progress() {
  if (shown_) fputs("\r\033[K", stderr);
}

void Progress::Update(uint64_t done) {
  if (!enabled_ || Clock::now() < next_) return;
  next_ = Clock::now() + std::chrono::milliseconds(100);
  shown_ = true;
  double percent =
      100.0 * static_cast<double>(std::min(done, total_)) / static_cast<double>(total_);
  fprintf(stderr, "\r%s %3.0f %%\033[K", label_.c_str(), percent);
}

}  // namespace omnitrace::tools
