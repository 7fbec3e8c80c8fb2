#include "tools/model/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace omnitrace::tools {
namespace {

constexpr unsigned kBits = 4;  // of a value that choose its bucket, after the first
constexpr uint64_t kExact = uint64_t{1} << kBits;

// Values below kExact have a bucket each.
size_t BucketOf(uint64_t value) {
  if (value < kExact) return value;
  unsigned shift = std::bit_width(value) - 1 - kBits;
  return (shift << kBits) + (value >> shift);
}

// The middle of the bucket.
uint64_t ValueOf(size_t bucket) {
  if (bucket < 2 * kExact) return bucket;
  unsigned shift = static_cast<unsigned>(bucket >> kBits) - 1;
  uint64_t least = (kExact + (bucket & (kExact - 1))) << shift;
  return least + (uint64_t{1} << shift) / 2;
}

}  // namespace

void Histogram::Add(uint64_t value) {
  size_t bucket = BucketOf(value);
  if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
  ++buckets_[bucket];
  ++count_;
  min_ = std::min(min_, value);
  max_ = std::max(max_, value);
}

void Histogram::Add(const Histogram& more) {
  if (buckets_.size() < more.buckets_.size()) buckets_.resize(more.buckets_.size());
  for (size_t i = 0; i < more.buckets_.size(); ++i) buckets_[i] += more.buckets_[i];
  count_ += more.count_;
  min_ = std::min(min_, more.min_);
  max_ = std::max(max_, more.max_);
}

uint64_t Histogram::Quantile(double fraction) const {
  if (count_ == 0) return 0;
  uint64_t rank = static_cast<uint64_t>(std::ceil(fraction * static_cast<double>(count_)));
  uint64_t seen = 0;
  for (size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen >= rank && seen > 0) return std::clamp(ValueOf(bucket), min_, max_);
  }
  return max_;
}

}  // namespace omnitrace::tools
