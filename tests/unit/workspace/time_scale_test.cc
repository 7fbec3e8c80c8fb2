#include "runtime/workspace/time_scale.h"

#include "gtest/gtest.h"

namespace omnitrace::workspace {
namespace {

FileHeader Header(uint64_t estimate, uint64_t ticks, uint64_t nanoseconds) {
  FileHeader header = {};
  header.start_ticks = 5'000;
  header.start_mono_ns = 70;
  header.start_ticks_per_second = estimate;
  header.last_ticks = 5'000 + ticks;
  header.last_mono_ns = 70 + nanoseconds;
  return header;
}

TEST(TimeScale, UsesTheTwoReadings) {
  TimeScale scale(Header(2'000'000'000, 6'000'000'000, 2'000'000'000));  // really 3 GHz
  EXPECT_TRUE(scale.consistent());
  EXPECT_EQ(scale.ToNanoseconds(5'000 + 3'000), 1'000u);
  EXPECT_DOUBLE_EQ(scale.ticks_per_second(), 3e9);
}

TEST(TimeScale, UsesTheEstimateWhileTheyAreClose) {
  TimeScale scale(Header(2'000'000'000, 3'000, 1'000));
  EXPECT_TRUE(scale.consistent());
  EXPECT_EQ(scale.ToNanoseconds(5'000 + 3'000), 1'500u);
}

TEST(TimeScale, UsesTheEstimateBeforeThereIsASecondReading) {
  FileHeader header = Header(2'000'000'000, 0, 0);
  header.last_ticks = header.last_mono_ns = 0;
  TimeScale scale(header);
  EXPECT_TRUE(scale.consistent());
  EXPECT_EQ(scale.ToNanoseconds(7'000), 1'000u);
}

TEST(TimeScale, DistrustsReadingsThatAreFarFromTheEstimate) {
  TimeScale scale(Header(2'000'000'000, 60'000'000'000, 2'000'000'000));
  EXPECT_FALSE(scale.consistent());
  EXPECT_EQ(scale.ToNanoseconds(7'000), 1'000u);
  FileHeader backwards = Header(2'000'000'000, 0, 0);
  backwards.last_ticks = 1;
  EXPECT_FALSE(TimeScale(backwards).consistent());
}

TEST(TimeScale, StaysInRange) {
  TimeScale scale(Header(1, 0, 0));  // a tick is a second
  EXPECT_EQ(scale.ToNanoseconds(0), 0u);
  EXPECT_EQ(scale.ToNanoseconds(UINT64_MAX), 9'200'000'000'000'000'000u);
}

TEST(TimeScale, IsExactForNanoseconds) {
  TimeScale scale(Header(1'000'000'000, 90'000'000'000, 90'000'000'000));
  for (uint64_t ns : {1ull, 999'999'999ull, 86'400'000'000'001ull}) {
    EXPECT_EQ(scale.ToNanoseconds(5'000 + ns), ns);
  }
}

}  // namespace
}  // namespace omnitrace::workspace
