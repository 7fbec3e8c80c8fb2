#include "tools/output/value_json.h"

#include <limits>

#include "gtest/gtest.h"
#include "tests/unit/tools/values.h"

namespace omnitrace::tools {
namespace {

using namespace omnitrace::testing;  // NOLINT: values only
using Kind = Value::Kind;

std::string Text(const Value& value, const ValueStyle& style = {}) {
  return Dump(ToJson(value, style));
}

TEST(ValueJsonTest, NumbersAreExact) {
  EXPECT_EQ(Text(Int(INT64_MIN)), "-9223372036854775808");
  EXPECT_EQ(Text(Number(Kind::kUnsigned, UINT64_MAX)), "18446744073709551615");
  EXPECT_EQ(Text(Number(Kind::kBool, 0)), "false");
  EXPECT_EQ(Text(Real(0.1)), "0.1");
  EXPECT_EQ(Text(Real(3)), "3.0");
  EXPECT_EQ(ToJson(Real(5e-324)).get<double>(), 5e-324);
}

TEST(ValueJsonTest, WhatJsonCannotCountIsText) {
  EXPECT_EQ(Text(WithText(Kind::kNumberText, "170141183460469231731687303715884105727")),
            "\"170141183460469231731687303715884105727\"");
  EXPECT_EQ(Text(Real(std::numeric_limits<double>::quiet_NaN())), "\"NaN\"");
  EXPECT_EQ(Text(Real(-std::numeric_limits<double>::infinity())), "\"-Infinity\"");
  Value beyond = Real(0, "long double");
  beyond.text = "1e4000";
  EXPECT_EQ(Text(beyond), "\"1e4000\"");
}

TEST(ValueJsonTest, TextIsAlwaysUtf8AndMarkedWhenItWasNot) {
  EXPECT_EQ(Text(String("a\"\n€")), "\"a\\\"\\n€\"");
  EXPECT_EQ(Text(String("a\\\xff")), R"({"escaped":"a\\\\\\xff"})");
  EXPECT_EQ(Text(String("ab", 9)), R"({"size":9,"head":"ab"})");
  EXPECT_EQ(Text(String("ab\xe2\x82", 9)), R"({"size":9,"head":"ab"})");
  EXPECT_EQ(Text(Number(Kind::kCharacter, 'a', "char")), "\"a\"");
  EXPECT_EQ(Text(Number(Kind::kCharacter, 0xff, "char")), R"({"escaped":"\\xff"})");
  EXPECT_EQ(Text(Number(Kind::kCharacter, 0x20ac, "char32_t")), "\"€\"");
}

TEST(ValueJsonTest, Enums) {
  EXPECT_EQ(Text(WithText(Kind::kEnum, "nickel", "foo::Coin")), "\"nickel\"");
  EXPECT_EQ(Text(Number(Kind::kEnum, 77, "foo::Flags")), "\"Flags(77)\"");
}

TEST(ValueJsonTest, RecordsKeepTheirOrderAndAllTheirFields) {
  Value record = With(Kind::kRecord, {{"z", Int(1)}, {"a", Int(2)}, {"z", Int(3)}});
  EXPECT_EQ(Text(record), R"({"z":1,"a":2,"z#2":3})");
  Value inner = With(Kind::kRecord, {{"u", Int(4)}});
  EXPECT_EQ(Text(With(Kind::kRecord, {{"x", Int(1)}, {"", inner}})), R"({"x":1,"u":4})");
  EXPECT_EQ(Text(With(Kind::kRecord, {})), "{}");
}

TEST(ValueJsonTest, Sequences) {
  EXPECT_EQ(Text(With(Kind::kSequence, {{"", Int(7)}, {"", Int(8)}})), "[7,8]");
  EXPECT_EQ(Text(With(Kind::kSequence, {})), "[]");
  EXPECT_EQ(Text(With(Kind::kSequence, {{"", Int(7)}}, 1000000)), R"({"size":1000000,"head":[7]})");
  EXPECT_EQ(Text(With(Kind::kTuple, {{"", Int(1)}, {"", String("a")}})), R"([1,"a"])");
}

TEST(ValueJsonTest, MapsAreObjectsWhenNothingIsLost) {
  auto map = [](Value a, Value b) {
    return With(Kind::kMap, {{"", std::move(a)}, {"", Int(1)}, {"", std::move(b)}, {"", Int(2)}});
  };
  EXPECT_EQ(Text(map(String("x"), String("y"))), R"({"x":1,"y":2})");
  EXPECT_EQ(Text(map(String("x"), String("x"))), R"([["x",1],["x",2]])");
  EXPECT_EQ(Text(map(String("x"), String("\xff"))), R"([["x",1],[{"escaped":"\\xff"},2]])");
  EXPECT_EQ(Text(map(Int(3), Int(4))), "[[3,1],[4,2]]");
  Value empty = With(Kind::kMap, {});
  empty.type = "std::map<std::__cxx11::basic_string<char>, int>";
  EXPECT_EQ(Text(empty), "{}");
  empty.type = "std::map<int, std::string>";
  EXPECT_EQ(Text(empty), "[]");
}

TEST(ValueJsonTest, PointersShowWhereAndWhat) {
  Field object = {"", With(Kind::kRecord, {{"x", Int(1)}})};
  EXPECT_EQ(Text(WithText(Kind::kNull, "nullptr")), "null");
  EXPECT_EQ(Text(PointerTo(0x7ffe)), "\"0x7ffe\"");
  EXPECT_EQ(Text(PointerTo(0x7ffe, {object})), R"({"at":"0x7ffe","x":1})");
  EXPECT_EQ(Text(PointerTo(0x7ffe, {{"", Int(5)}})), R"({"at":"0x7ffe","value":5})");
  EXPECT_EQ(Text(PointerTo(0x7ffe, {object}, true)), R"({"x":1})");
  EXPECT_EQ(Text(PointerTo(0x7ffe, {object}), {.stable = true}), R"({"at":"0x…","x":1})");
  EXPECT_EQ(Text(WithText(Kind::kFunctionPointer, "handler")), "\"handler\"");
  Value clash = PointerTo(0x7ffe, {{"", With(Kind::kRecord, {{"at", Int(1)}})}});
  EXPECT_EQ(Text(clash), R"({"at":"0x7ffe","at#2":1})");
}

TEST(ValueJsonTest, SaysWhatIsNotKnown) {
  EXPECT_EQ(Text(Number(Kind::kOpaque, 0x10, "std::any")), R"({"type":"std::any","at":"0x10"})");
  EXPECT_EQ(Text(Number(Kind::kUnreadable, 0x10)), R"({"at":"0x10","unreadable":true})");
  EXPECT_EQ(Text(Number(Kind::kCut, 0, "foo::Node")), R"({"type":"foo::Node","cut":true})");
}

}  // namespace
}  // namespace omnitrace::tools
