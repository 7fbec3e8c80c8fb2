#include "tools/where/number.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"

namespace omnitrace::where {
namespace {

Number Of(const char* text) { return Number::Parse(text).value(); }

void ExpectAscending(const char* smaller, const char* greater) {
  EXPECT_TRUE(Number::Compare(Of(smaller), Of(greater)) < 0) << smaller << " " << greater;
  EXPECT_TRUE(Number::Compare(Of(greater), Of(smaller)) > 0) << smaller << " " << greater;
}

TEST(NumberTest, OrdersExtremesOfAllIntegers) {
  const char* ascending[] = {"-170141183460469231731687303715884105728",  // __int128
                             "-9223372036854775809",
                             "-9223372036854775808",
                             "-1",
                             "0",
                             "1",
                             "9223372036854775807",
                             "9223372036854775808",
                             "18446744073709551615",
                             "18446744073709551616",
                             "340282366920938463463374607431768211455"};
  for (size_t i = 0; i < std::size(ascending); ++i) {
    EXPECT_TRUE(Number::Compare(Of(ascending[i]), Of(ascending[i])) == 0);
    for (size_t j = i + 1; j < std::size(ascending); ++j)
      ExpectAscending(ascending[i], ascending[j]);
  }
  EXPECT_TRUE(Number::Compare(Number::Signed(std::numeric_limits<int64_t>::min()),
                              Of("-9223372036854775808")) == 0);
  EXPECT_TRUE(Number::Compare(Number::Signed(-1), Number::Integer(UINT64_MAX)) < 0);
}

TEST(NumberTest, ComparesIntegersWithRealsExactly) {
  // 2^53 + 1 is no double, and 2^63 - 1 would become 2^63.
  Number real = Number::Real(0x1p53);
  EXPECT_TRUE(Number::Compare(Of("9007199254740993"), real) > 0);
  EXPECT_TRUE(Number::Compare(Of("9007199254740992"), real) == 0);
  EXPECT_TRUE(Number::Compare(Of("9223372036854775807"), Number::Real(0x1p63)) < 0);
  EXPECT_TRUE(
      Number::Compare(Of("340282366920938463463374607431768211455"), Number::Real(0x1p128L)) < 0);
  ExpectAscending("2", "2.5");
  ExpectAscending("2.5", "3");
  ExpectAscending("-3", "-2.5");
  ExpectAscending("-2.5", "-2");
  ExpectAscending("-1", "0.5");
  ExpectAscending("-0.5", "0");
  EXPECT_TRUE(Number::Compare(Number::Real(-0.0), Of("0")) == 0);
}

TEST(NumberTest, InfinitiesAreBeyondAllAndNanIsUnordered) {
  ExpectAscending("340282366920938463463374607431768211455", "inf");
  ExpectAscending("-inf", "-170141183460469231731687303715884105728");
  for (const char* other : {"0", "1.5", "nan", "inf"}) {
    EXPECT_TRUE(Number::Compare(Of("nan"), Of(other)) == std::partial_ordering::unordered);
    EXPECT_TRUE(Number::Compare(Of(other), Of("-nan")) == std::partial_ordering::unordered);
  }
}

TEST(NumberTest, KeepsLongDoubles) {
  ExpectAscending("18446744073709551615", "18446744073709551616.0");
  ExpectAscending("1e4000", "1e4001");
  ExpectAscending("0.1", "0.1000000000000000001");
}

TEST(NumberTest, ParsesNumbersOnly) {
  EXPECT_TRUE(Number::Compare(Of("0xff"), Of("255")) == 0);
  EXPECT_TRUE(Number::Compare(Of("-0X10"), Of("-16")) == 0);
  for (const char* wrong : {"", "-", "--1", "-+1", "+1", "0x", "0xg", " 1", "1 ", "1.5.2", "1e",
                            "x", "340282366920938463463374607431768211456", "0x1p3", "- 1.5"}) {
    EXPECT_FALSE(Number::Parse(wrong).has_value()) << wrong;
  }
}

TEST(NumberTest, OnlySmallIntegersAreUnsigned) {
  EXPECT_EQ(Of("18446744073709551615").AsUnsigned(), UINT64_MAX);
  for (const char* wrong : {"18446744073709551616", "-1", "1.0", "nan"}) {
    EXPECT_EQ(Of(wrong).AsUnsigned(), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace omnitrace::where
