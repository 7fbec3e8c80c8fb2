#include "status_counts.h"

namespace http {

std::string StatusCounts::to_text() const {
  std::lock_guard lock(mutex_);
  long sum = 0;
  std::string each;
  for (const auto& [status, count] : counts_) {
    sum += count;
    each += (each.empty() ? ": " : ", ") + std::to_string(count) + " of " + std::to_string(status);
  }
  return std::to_string(sum) + " responses" + each;
}

}  // namespace http
