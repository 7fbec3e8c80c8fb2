#include "runtime/workspace/time_value.h"

#include <cstdint>

#include "gtest/gtest.h"

namespace omnitrace::workspace {
namespace {

Value Count(int64_t count) {
  Value value;
  value.kind = Value::Kind::kSigned;
  value.number = static_cast<uint64_t>(count);
  return value;
}

std::string Date(int64_t count, Period period) {
  return TimePointText(Count(count), period, "std::chrono::system_clock");
}

TEST(TimeValueTest, DatesOfTheCalendar) {
  EXPECT_EQ(Date(0, {1, 1}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(Date(-1, {1, 1000}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(Date(19782, {86400, 1}), "2024-02-29T00:00:00Z");
  EXPECT_EQ(Date(-1, {86400, 1}), "1969-12-31T00:00:00Z");
  EXPECT_EQ(Date(-25567, {86400, 1}), "1900-01-01T00:00:00Z");
  EXPECT_EQ(Date(253402300799, {1, 1}), "9999-12-31T23:59:59Z");
  EXPECT_EQ(Date(-62167219200, {1, 1}), "0000-01-01T00:00:00Z");
  EXPECT_EQ(Date(5, {1, 4}), "1970-01-01T00:00:01.25Z");
}

TEST(TimeValueTest, WhatNoCalendarHolds) {
  EXPECT_EQ(Date(253402300800, {1, 1}), "253402300800s");
  EXPECT_EQ(Date(INT64_MIN, {INT64_MAX, 1}), "-9223372036854775808[9223372036854775807]s");
  EXPECT_EQ(Date(1, {1, 3}), "1[1/3]s");
  EXPECT_EQ(Date(1, {0, 0}), "1[0/0]s");
  EXPECT_EQ(Date(1, {1, -1}), "1[1/-1]s");
  EXPECT_EQ(Date(1, {1, INT64_MAX}), "1[1/9223372036854775807]s");
  EXPECT_EQ(TimePointText(Count(3), {1, 1000}, "std::chrono::steady_clock"), "3ms");
}

}  // namespace
}  // namespace omnitrace::workspace
