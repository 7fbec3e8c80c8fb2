#include "tools/model/histogram.h"

#include "gtest/gtest.h"

namespace omnitrace::tools {
namespace {

TEST(HistogramTest, IsEmptyAtFirst) {
  Histogram histogram;
  EXPECT_EQ(histogram.count(), 0u);
  EXPECT_EQ(histogram.min(), 0u);
  EXPECT_EQ(histogram.Quantile(0.5), 0u);
}

TEST(HistogramTest, SmallValuesAreExact) {
  Histogram histogram;
  for (uint64_t value = 0; value <= 20; ++value) histogram.Add(value);
  EXPECT_EQ(histogram.Quantile(0), 0u);
  EXPECT_EQ(histogram.Quantile(0.5), 10u);
  EXPECT_EQ(histogram.Quantile(1), 20u);
}

TEST(HistogramTest, QuantilesAreThreePercentExact) {
  for (uint64_t scale : {uint64_t{1}, uint64_t{1000}, uint64_t{1} << 40}) {
    Histogram histogram;
    for (uint64_t value = 1; value <= 1000; ++value) histogram.Add(value * scale);
    for (double fraction : {0.1, 0.5, 0.9, 0.99}) {
      double exact = fraction * 1000 * static_cast<double>(scale);
      EXPECT_NEAR(static_cast<double>(histogram.Quantile(fraction)), exact, exact * 0.035);
    }
    EXPECT_EQ(histogram.min(), scale);
    EXPECT_EQ(histogram.max(), 1000 * scale);
  }
}

TEST(HistogramTest, TakesTheLargestValue) {
  Histogram histogram;
  histogram.Add(UINT64_MAX);
  EXPECT_EQ(histogram.Quantile(0.5), UINT64_MAX);
}

}  // namespace
}  // namespace omnitrace::tools
