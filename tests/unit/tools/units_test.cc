#include "tools/output/units.h"

#include "gtest/gtest.h"

namespace omnitrace::tools {
namespace {

TEST(UnitsTest, DurationsHaveThreeDigits) {
  EXPECT_EQ(DurationText(0), "0ns");
  EXPECT_EQ(DurationText(999), "999ns");
  EXPECT_EQ(DurationText(1000), "1.00us");
  EXPECT_EQ(DurationText(1234), "1.23us");
  EXPECT_EQ(DurationText(9996), "10.0us");
  EXPECT_EQ(DurationText(99'960), "100us");
  EXPECT_EQ(DurationText(999'600), "1.00ms");
  EXPECT_EQ(DurationText(12'345'678), "12.3ms");
  EXPECT_EQ(DurationText(1'250'000'000), "1.25s");
  EXPECT_EQ(DurationText(3'600'000'000'000), "3600s");
}

TEST(UnitsTest, Others) {
  EXPECT_EQ(SecondsText(1'000'000'023), "1.000000023");
  EXPECT_EQ(CountText(0), "0");
  EXPECT_EQ(CountText(999), "999");
  EXPECT_EQ(CountText(1234567), "1,234,567");
  EXPECT_EQ(BytesText(1023), "1023 B");
  EXPECT_EQ(BytesText(1536), "1.5 KiB");
  EXPECT_EQ(BytesText(1048576), "1.0 MiB");
}

}  // namespace
}  // namespace omnitrace::tools
