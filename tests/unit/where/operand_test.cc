#include "tools/where/operand.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "runtime/workspace/value.h"

namespace omnitrace::where {
namespace {

using workspace::Value;
using Kind = Value::Kind;

Value Of(Kind kind, uint64_t number, std::string text = "", std::string type = "") {
  Value value;
  value.kind = kind;
  value.number = number;
  value.text = std::move(text);
  value.type = std::move(type);
  return value;
}

Value Cut(std::string head, uint64_t true_size, uint64_t units = 0) {
  Value value = Of(Kind::kString, 0, std::move(head));
  value.true_size = true_size;
  value.held_units = units;
  return value;
}
Value Whole(const std::string& text) { return Cut(text, text.size()); }

Value Holding(Kind kind, Value inner) {
  Value outer = Of(kind, 0x10);
  outer.fields.push_back({"", std::move(inner)});
  return outer;
}

Relation Compared(const Value& a, const Value& b) {
  return Compare(Operand::Of(a), Operand::Of(b));
}
Relation Compared(const Value& a, const char* text) {
  return Compare(Operand::Of(a), Operand::Of(text));
}
Relation Compared(const Value& a, int64_t number) {
  return Compare(Operand::Of(a), Operand::Of(Number::Signed(number)));
}

TEST(OperandTest, WholeStringsComparePlainly) {
  EXPECT_EQ(Compared(Whole("abc"), "abc"), Relation::kEqual);
  EXPECT_EQ(Compared(Whole("ab"), "abc"), Relation::kLess);
  EXPECT_EQ(Compared(Whole("b"), "abc"), Relation::kGreater);
  EXPECT_EQ(Compared(Whole("\xff"), "a"), Relation::kGreater);
  EXPECT_EQ(Compared(Whole(std::string("a\0b", 3)), "a"), Relation::kGreater);
}

TEST(OperandTest, CutStringsCompareAsFarAsTheHeadTells) {
  Value cut = Cut("abc", 10);
  EXPECT_EQ(Compared(cut, "abd"), Relation::kLess);
  EXPECT_EQ(Compared(cut, "abb"), Relation::kGreater);
  EXPECT_EQ(Compared(cut, "abc"), Relation::kGreater);  // something follows
  EXPECT_EQ(Compared(Whole("abc"), cut), Relation::kLess);
  EXPECT_EQ(Compared(cut, "abcdefg"), Relation::kDifferent);      // 10 bytes are not 7
  EXPECT_EQ(Compared(cut, "abcdefghijk"), Relation::kDifferent);  // nor 11
  EXPECT_EQ(Compared(cut, "abcdefghij"), Relation::kUnknown);
  EXPECT_EQ(Compared(cut, cut), Relation::kUnknown);
  EXPECT_EQ(Compared(cut, Cut("abcd", 11)), Relation::kDifferent);
  EXPECT_EQ(Compared(cut, Cut("abd", 10)), Relation::kLess);
}

// Of wide text the length in bytes is not known, but every unit takes one.
TEST(OperandTest, CutWideStringsAreOfUnknownLength) {
  Value cut = Cut("abc", 5, 3);
  EXPECT_EQ(Compared(cut, "abcd"), Relation::kDifferent);
  EXPECT_EQ(Compared(cut, "abcdef"), Relation::kUnknown);
  EXPECT_EQ(Compared(cut, "abd"), Relation::kLess);
  // Half of a character says nothing of it.
  EXPECT_EQ(Compared(Cut("ab\uFFFD", 5, 3), "ab😀xy"), Relation::kUnknown);
}

TEST(OperandTest, GlobsMatchWhatTheHeadPromises) {
  auto matches = [](const Value& value, const char* globs) {
    return Matches(Operand::Of(value), globs);
  };
  EXPECT_TRUE(matches(Whole("foo::bar"), "foo"));
  EXPECT_TRUE(matches(Whole("a.log"), "*.txt,*.log"));
  EXPECT_FALSE(matches(Whole("food"), "foo"));
  EXPECT_TRUE(matches(Cut("foo::ba", 20), "foo::*"));
  EXPECT_TRUE(matches(Cut("foo::ba", 20), "foo"));
  EXPECT_TRUE(matches(Cut("abc", 20), "x*,*b*"));
  EXPECT_FALSE(matches(Cut("abc", 20), "*c"));
  EXPECT_FALSE(matches(Cut("foo", 20), "foo"));
  EXPECT_FALSE(matches(Of(Kind::kSigned, 3), "*"));
}

TEST(OperandTest, EnumeratorsAreNamesAndNumbers) {
  Value coin = Of(Kind::kEnum, 25, "quarter", "foo::Coin");
  coin.scoped = true;
  for (const char* name :
       {"quarter", "Coin::quarter", "foo::Coin::quarter", "::foo::Coin::quarter"}) {
    EXPECT_EQ(Compared(coin, name), Relation::kEqual) << name;
  }
  for (const char* name : {"dime", "in::quarter", "foo::quarter", "oo::Coin::quarter", "::quarter",
                           "::Coin::quarter", "", "x"}) {
    EXPECT_EQ(Compared(coin, name), Relation::kDifferent) << name;
  }
  EXPECT_EQ(Compared(coin, 25), Relation::kEqual);
  EXPECT_EQ(Compared(coin, 26), Relation::kLess);
  EXPECT_EQ(Compared(coin, coin), Relation::kEqual);
  EXPECT_TRUE(Matches(Operand::Of(coin), "qu*"));
  EXPECT_TRUE(Matches(Operand::Of(coin), "foo::Coin::*"));
  coin.scoped = false;
  EXPECT_EQ(Compared(coin, "foo::quarter"), Relation::kEqual);
}

TEST(OperandTest, InvalidEnumeratorsAreNumbersOnly) {
  Value odd = Of(Kind::kEnum, static_cast<uint64_t>(-7), "", "Coin");
  EXPECT_EQ(Compared(odd, -7), Relation::kEqual);
  EXPECT_EQ(Compared(odd, ""), Relation::kDifferent);
  EXPECT_FALSE(Matches(Operand::Of(odd), "*"));
}

TEST(OperandTest, CharactersAreTextsAndNumbers) {
  EXPECT_EQ(Compared(Of(Kind::kCharacter, 'a', "", "char"), "a"), Relation::kEqual);
  EXPECT_EQ(Compared(Of(Kind::kCharacter, 'a', "", "char"), 97), Relation::kEqual);
  EXPECT_EQ(Compared(Of(Kind::kCharacter, 'a', "", "char"), "b"), Relation::kLess);
  EXPECT_EQ(Compared(Whole("a"), Of(Kind::kCharacter, 'b', "", "char")), Relation::kLess);
  EXPECT_EQ(Compared(Of(Kind::kCharacter, 0xff, "", "char"), "\xff"), Relation::kEqual);
  EXPECT_EQ(Compared(Of(Kind::kCharacter, 0xe9, "", "char32_t"), "é"), Relation::kEqual);
  EXPECT_TRUE(Matches(Operand::Of(Of(Kind::kCharacter, 'a', "", "char")), "a,b"));
}

TEST(OperandTest, NumbersOfAllKindsCompare) {
  EXPECT_EQ(Compared(Of(Kind::kUnsigned, UINT64_MAX), -1), Relation::kGreater);
  EXPECT_EQ(Compared(Of(Kind::kSigned, UINT64_MAX), -1), Relation::kEqual);
  EXPECT_EQ(Compared(Of(Kind::kBool, 1), 1), Relation::kEqual);
  EXPECT_EQ(
      Compared(Of(Kind::kNumberText, 0, "18446744073709551616"), Of(Kind::kUnsigned, UINT64_MAX)),
      Relation::kGreater);
  EXPECT_EQ(Compared(Of(Kind::kNumberText, 0, "nan"), 1), Relation::kDifferent);
  EXPECT_EQ(Compared(Of(Kind::kNumberText, 0, "inf"), 1), Relation::kGreater);
  Value real = Of(Kind::kDouble, 0);
  real.real = 0.5;
  EXPECT_EQ(Compared(real, 1), Relation::kLess);
  EXPECT_EQ(Compared(real, "0.5"), Relation::kUnknown);
}

TEST(OperandTest, PointersAndOptionalsAreLookedThrough) {
  Value deep = Holding(Kind::kPointer, Holding(Kind::kOptional, Of(Kind::kSigned, 5)));
  EXPECT_EQ(Compared(deep, 5), Relation::kEqual);
  EXPECT_EQ(Compared(Of(Kind::kPointer, 0x7f), 0x7f), Relation::kEqual);
  EXPECT_EQ(Compared(Of(Kind::kFunctionPointer, 0x7f, "handler"), "handler"), Relation::kEqual);
}

TEST(OperandTest, NullIsUnequalToAllThatIsThere) {
  Value null = Of(Kind::kNull, 0);
  EXPECT_EQ(Compared(null, null), Relation::kEqual);
  for (const Value& other :
       {Of(Kind::kSigned, 0), Whole(""), Of(Kind::kRecord, 0), Of(Kind::kUnreadable, 1),
        Of(Kind::kCut, 0), Holding(Kind::kPointer, null)}) {
    EXPECT_EQ(Compared(other, null), Relation::kDifferent);
    EXPECT_EQ(Compared(null, other), Relation::kDifferent);
  }
  EXPECT_EQ(Compared(Of(Kind::kVoid, 0), null), Relation::kUnknown);
}

TEST(OperandTest, StructuresDoNotCompare) {
  Value record = Of(Kind::kRecord, 0);
  EXPECT_EQ(Compared(record, record), Relation::kUnknown);
  EXPECT_EQ(Compared(record, 1), Relation::kUnknown);
  EXPECT_EQ(Compared(Whole("5"), 5), Relation::kUnknown);
}

TEST(OperandTest, HoldsWhenThereAndNotZero) {
  auto holds = [](const Value& value) { return Operand::Of(value).Holds(); };
  EXPECT_TRUE(holds(Of(Kind::kSigned, 2)));
  EXPECT_TRUE(holds(Of(Kind::kRecord, 0)));
  EXPECT_TRUE(holds(Whole("")));
  EXPECT_TRUE(holds(Of(Kind::kNumberText, 0, "nan")));
  EXPECT_FALSE(holds(Of(Kind::kBool, 0)));
  EXPECT_FALSE(holds(Of(Kind::kNull, 0)));
  EXPECT_FALSE(holds(Of(Kind::kVoid, 0)));
  EXPECT_FALSE(holds(Of(Kind::kNumberText, 0, "0")));
  EXPECT_FALSE(holds(Holding(Kind::kOptional, Of(Kind::kBool, 0))));
}

}  // namespace
}  // namespace omnitrace::where
