#include "tools/where/lexer.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace omnitrace::where {
namespace {

using Kind = Token::Kind;
using omnitrace::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<Kind> KindsOf(absl::string_view expression) {
  absl::StatusOr<std::vector<Token>> tokens = Tokens(expression);
  EXPECT_THAT(tokens, IsOk());
  std::vector<Kind> kinds;
  for (const Token& token : *tokens) kinds.push_back(token.kind);
  return kinds;
}

Token Only(absl::string_view expression) {
  absl::StatusOr<std::vector<Token>> tokens = Tokens(expression);
  EXPECT_THAT(tokens, IsOk());
  EXPECT_THAT(*tokens, SizeIs(2));
  return tokens->front();
}

TEST(LexerTest, TellsSignsApart) {
  EXPECT_THAT(KindsOf("! != < <= > >= == ~ && || ( ) [ ] ."),
              ElementsAre(Kind::kNot, Kind::kNotEqual, Kind::kLess, Kind::kLessOrEqual,
                          Kind::kGreater, Kind::kGreaterOrEqual, Kind::kEqual, Kind::kMatches,
                          Kind::kAnd, Kind::kOr, Kind::kOpen, Kind::kClose, Kind::kOpenIndex,
                          Kind::kCloseIndex, Kind::kDot, Kind::kEnd));
  EXPECT_THAT(KindsOf("a<-1"), ElementsAre(Kind::kName, Kind::kLess, Kind::kNumber, Kind::kEnd));
  EXPECT_THAT(KindsOf("\ta\n.b[0]"),
              ElementsAre(Kind::kName, Kind::kDot, Kind::kName, Kind::kOpenIndex, Kind::kNumber,
                          Kind::kCloseIndex, Kind::kEnd));
}

TEST(LexerTest, NamesMayBeQualified) {
  for (const char* name : {"a", "_x9", "$f", "foo::Coin::quarter", "::foo", "größe"}) {
    EXPECT_EQ(Only(name).written, name);
  }
}

TEST(LexerTest, StringsHaveTheEscapesOfCpp) {
  EXPECT_EQ(Only(R"("a'b")").text, "a'b");
  EXPECT_EQ(Only(R"('a"b')").text, "a\"b");
  EXPECT_EQ(Only(R"("\a\b\f\n\r\t\v\\\'\"\?")").text, "\a\b\f\n\r\t\v\\'\"?");
  EXPECT_EQ(Only(R"("\x4A\x4g")").text, "J\x04g");
  EXPECT_EQ(Only(R"("\1013\0")").text, std::string("A3\0", 3));
  EXPECT_EQ(Only(R"("\u00e9\U0001F600")").text, "é😀");
  EXPECT_EQ(Only("\"\xff\"").text, "\xff");
}

TEST(LexerTest, NumbersMayHaveUnits) {
  auto equal = [](const char* written, Number number) {
    EXPECT_TRUE(Number::Compare(Only(written).number, number) == 0) << written;
  };
  equal("18446744073709551615", Number::Integer(UINT64_MAX));
  equal("-0x10", Number::Signed(-16));
  equal("10us", Number::Integer(10'000));
  equal("1.5ms", Number::Integer(1'500'000));
  equal("2s", Number::Integer(2'000'000'000));
  equal("-3ns", Number::Signed(-3));
  equal("0.1", Number::Real(0.1));  // the double, not the long double
  equal("-1e-5", Number::Real(-1e-5));
  equal("1e400", Number::Real(1e400L));
}

struct Wrong {
  const char* expression;
  const char* message;
};

TEST(LexerTest, ErrorsPointAtThePlace) {
  for (const Wrong& wrong : {
           Wrong{"a = 1", "no `=` here; did you mean `==`?\n  a = 1\n    ^"},
           Wrong{"a & b", "no `&` here; did you mean `&&`?\n  a & b\n    ^"},
           Wrong{"a | b", "no `|` here; did you mean `||`?\n  a | b\n    ^"},
           Wrong{"a + b", "unexpected `+`\n  a + b\n    ^"},
           Wrong{"a \x1b[m", "unexpected `\\x1b`\n  a \\x1b[m\n    ^"},
           Wrong{"'x' \"abc", "the string has no end\n  'x' \"abc\n      ^"},
           Wrong{"'a\\q'", "no escape of C++\n  'a\\q'\n    ^"},
           Wrong{"'\\", "no escape of C++\n  '\\\n   ^"},
           Wrong{"'\\x'", "no escape of C++\n  '\\x'\n   ^"},
           Wrong{"'\\u12'", "no escape of C++\n  '\\u12'\n   ^"},
           Wrong{"'\\ud800'", "no escape of C++\n  '\\ud800'\n   ^"},
           Wrong{"'\\777'", "no escape of C++\n  '\\777'\n   ^"},
           Wrong{"a 5k", "`5k` is no number, nor a time such as 10us or 1.5ms\n  a 5k\n    ^"},
           Wrong{"1.2.3", "`1.2.3` is no number, nor a time such as 10us or 1.5ms\n  1.2.3\n  ^"},
           Wrong{"010", "a number with a 0 before it: octal is not understood\n  010\n  ^"},
           Wrong{"ö = 1", "no `=` here; did you mean `==`?\n  ö = 1\n    ^"},
       }) {
    EXPECT_EQ(std::string(Tokens(wrong.expression).status().message()), wrong.message);
  }
}

TEST(LexerTest, OfLongExpressionsThePlaceIsShown) {
  std::string expression = std::string(100, 'a') + " = " + std::string(100, 'b');
  EXPECT_EQ(std::string(Tokens(expression).status().message()),
            "no `=` here; did you mean `==`?\n  …" + std::string(49, 'a') + " = " +
                std::string(23, 'b') + "…\n  " + std::string(51, ' ') + "^");
}

}  // namespace
}  // namespace omnitrace::where
