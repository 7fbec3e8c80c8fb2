// Quantiles of any number of durations in bounded memory, about 3 % exact: sixteen buckets for
// each power of two.
#ifndef OMNITRACE_TOOLS_MODEL_HISTOGRAM_H_
#define OMNITRACE_TOOLS_MODEL_HISTOGRAM_H_

#include <cstdint>
#include <vector>

namespace omnitrace::tools {

class Histogram {
 public:
  void Add(uint64_t value);
  void Add(const Histogram& more);
  uint64_t count() const { return count_; }
  uint64_t min() const { return count_ == 0 ? 0 : min_; }  // exact
  uint64_t max() const { return max_; }                    // exact
  // The value that `fraction` of all values do not exceed; 0 when there are none.
  uint64_t Quantile(double fraction) const;

 private:
  std::vector<uint64_t> buckets_;  // as many as are needed
  uint64_t count_ = 0;
  uint64_t min_ = UINT64_MAX;
  uint64_t max_ = 0;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_HISTOGRAM_H_
