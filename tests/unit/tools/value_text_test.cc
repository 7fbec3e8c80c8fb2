#include "tools/output/value_text.h"

#include "gtest/gtest.h"
#include "tests/unit/tools/values.h"

namespace omnitrace::tools {
namespace {

using namespace omnitrace::testing;  // NOLINT: values only
using Kind = Value::Kind;

TEST(ValueTextTest, NumbersAreAsCppWritesThem) {
  EXPECT_EQ(ToText(Int(INT64_MIN)), "-9223372036854775808");
  EXPECT_EQ(ToText(Number(Kind::kUnsigned, UINT64_MAX)), "18446744073709551615");
  EXPECT_EQ(ToText(Number(Kind::kBool, 1)), "true");
  EXPECT_EQ(ToText(Real(2.5)), "2.5");
  EXPECT_EQ(ToText(Real(3)), "3.0");
  EXPECT_EQ(ToText(Real(-0.0)), "-0.0");
  EXPECT_EQ(ToText(Real(0.1f, "float")), "0.1");
  EXPECT_EQ(ToText(Real(1e300)), "1e+300");
  EXPECT_EQ(ToText(WithText(Kind::kNumberText, "-nan")), "-nan");
}

TEST(ValueTextTest, CharactersAreLiterals) {
  EXPECT_EQ(ToText(Number(Kind::kCharacter, 'a', "char")), "'a'");
  EXPECT_EQ(ToText(Number(Kind::kCharacter, '\n', "char")), "'\\n'");
  EXPECT_EQ(ToText(Number(Kind::kCharacter, '\'', "char")), "'\\''");
  EXPECT_EQ(ToText(Number(Kind::kCharacter, static_cast<uint64_t>(-1), "char")), "'\\xff'");
  EXPECT_EQ(ToText(Number(Kind::kCharacter, 0x20ac, "wchar_t")), "'€'");
  EXPECT_EQ(ToText(Number(Kind::kCharacter, 0xd800, "char16_t")), "'\\xd800'");
}

TEST(ValueTextTest, EnumsAreQualifiedByTheirType) {
  EXPECT_EQ(ToText(WithText(Kind::kEnum, "nickel", "foo::Coin")), "Coin::nickel");
  EXPECT_EQ(ToText(WithText(Kind::kEnum, "a", "foo::Box<bar::X>::Side")), "Side::a");
  EXPECT_EQ(ToText(Number(Kind::kEnum, 77, "foo::Flags")), "Flags(77)");
  EXPECT_EQ(ToText(Number(Kind::kEnum, static_cast<uint64_t>(-1), "Flags")), "Flags(-1)");
}

TEST(ValueTextTest, StringsAreEscapedAndSayWhatIsCut) {
  EXPECT_EQ(ToText(String("a\"b\\\n€")), "\"a\\\"b\\\\\\n€\"");
  EXPECT_EQ(ToText(String("x\xff")), "\"x\\xff\"");
  EXPECT_EQ(ToText(String("abc", 1000)), "\"abc\"… 1000");
  EXPECT_EQ(ToText(String("ab\xe2\x82", 1000)), "\"ab\"… 1000");
}

TEST(ValueTextTest, Aggregates) {
  Field x = {"x", Int(1)}, y = {"y", Int(2)};
  EXPECT_EQ(ToText(With(Kind::kRecord, {x, y})), "{x: 1, y: 2}");
  EXPECT_EQ(ToText(With(Kind::kRecord, {x, {"", With(Kind::kRecord, {y})}})), "{x: 1, {y: 2}}");
  EXPECT_EQ(ToText(With(Kind::kRecord, {})), "{}");
  EXPECT_EQ(ToText(With(Kind::kTuple, {{"", Int(1)}, {"", String("a")}})), "(1, \"a\")");
  EXPECT_EQ(ToText(With(Kind::kSequence, {{"", Int(7)}, {"", Int(7)}}, 1000000)),
            "[7, 7, … 1000000]");
  EXPECT_EQ(ToText(With(Kind::kSequence, {}, 5)), "[… 5]");
  EXPECT_EQ(ToText(With(Kind::kMap, {{"", Int(1)}, {"", Int(2)}, {"", Int(3)}, {"", Int(4)}})),
            "{1: 2, 3: 4}");
}

TEST(ValueTextTest, PointersShowWhereAndWhat) {
  Field object = {"", With(Kind::kRecord, {{"x", Int(1)}})};
  EXPECT_EQ(ToText(WithText(Kind::kNull, "nullptr")), "nullptr");
  EXPECT_EQ(ToText(WithText(Kind::kNull, "nullopt")), "nullopt");
  EXPECT_EQ(ToText(PointerTo(0x7ffe)), "0x7ffe");
  EXPECT_EQ(ToText(PointerTo(0x7ffe, {object})), "*0x7ffe {x: 1}");
  Value smart = PointerTo(0x7ffe, {object}, true);
  smart.type = "std::shared_ptr<foo::Point<int>>";
  EXPECT_EQ(ToText(smart), "<shared_ptr -> {x: 1}>");
  smart.uses = 2;
  EXPECT_EQ(ToText(smart), "<shared_ptr use_count=2 -> {x: 1}>");
  smart.fields.clear();
  EXPECT_EQ(ToText(smart), "<shared_ptr use_count=2 -> 0x7ffe>");
  EXPECT_EQ(ToText(With(Kind::kOptional, {{"", Int(5)}})), "5");
  EXPECT_EQ(ToText(WithText(Kind::kFunctionPointer, "handler")), "&handler");
  EXPECT_EQ(ToText(Number(Kind::kFunctionPointer, 0x40)), "0x40");
}

TEST(ValueTextTest, SaysWhatIsNotKnown) {
  EXPECT_EQ(ToText(Number(Kind::kOpaque, 0x10, "std::any")), "<std::any at 0x10>");
  EXPECT_EQ(ToText(Number(Kind::kUnreadable, 0x10)), "<unreadable at 0x10>");
  EXPECT_EQ(ToText(Number(Kind::kCut, 0, "foo::Node")), "<foo::Node …>");
}

TEST(ValueTextTest, AddressesCanBeMadeStable) {
  EXPECT_EQ(ToText(PointerTo(0x7ffe, {{"", Int(1)}}), {.stable = true}), "*0x… 1");
  EXPECT_EQ(ToText(Number(Kind::kOpaque, 0x10, "T"), {.stable = true}), "<T at 0x…>");
}

}  // namespace
}  // namespace omnitrace::tools
