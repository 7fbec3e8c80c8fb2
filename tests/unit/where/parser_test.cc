#include "tools/where/parser.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/where/recorded_call.h"

namespace omnitrace::where {
namespace {

using omnitrace::testing::IsOk;
using omnitrace::testing::StatusIs;
using omnitrace::testing::WorkspaceBuilder;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Wrong {
  std::string expression;
  int column;  // of the caret
  std::string message;
};

TEST(ParserTest, ErrorsHaveACaretUnderThePlace) {
  for (const Wrong& wrong :
       {Wrong{"", 0, "expected a value, not the end"},
        Wrong{"args.n ==", 9, "expected a value, not the end"},
        Wrong{"args.n == && open", 10, "expected a value, not `&&`"},
        Wrong{"open &&", 7, "expected a value, not the end"},
        Wrong{"open || || open", 8, "expected a value, not `||`"},
        Wrong{"(open", 5, "expected `&&`, `||` or `)`, not the end"},
        Wrong{"open)", 4, "expected `&&`, `||` or the end, not `)`"},
        Wrong{"()", 1, "expected a value, not `)`"},
        Wrong{"open thrown", 5, "expected `&&`, `||` or the end, not `thrown`"},
        Wrong{"(args.n) == 3", 9, "expected `&&`, `||` or the end, not `==`"},
        Wrong{"retrun > 3", 0, "unknown name `retrun`; did you mean `return`?"},
        Wrong{"coin == 3", 0, "unknown name `coin`; an argument is args.coin"},
        Wrong{"args", 4, "expected `.` and a name: args.NAME, not the end"},
        Wrong{"args == 3", 5, "expected `.` and a name: args.NAME, not `==`"},
        Wrong{"args.", 5, "expected a name, not the end"},
        Wrong{"args.3 == 1", 5, "expected a name, not `3`"},
        Wrong{"args.a::b == 1", 5, "expected a name, not `a::b`"},
        Wrong{"args.v[", 7, "expected an index or a key such as \"k\", not the end"},
        Wrong{"args.v[x]", 7, "expected an index or a key such as \"k\", not `x`"},
        Wrong{"args.v[1", 8, "expected `]`, not the end"},
        Wrong{"name.x == 'a'", 4, "`name` has no parts"},
        Wrong{"depth[0] == 1", 5, "`depth` has no parts"},
        Wrong{"3", 1, "expected a comparison, not the end"},
        Wrong{"'a' && open", 4, "expected a comparison, not `&&`"},
        Wrong{"null", 4, "expected a comparison, not the end"},
        Wrong{"1 < args.n < 5", 11, "comparisons are joined by `&&`, not chained"},
        Wrong{"!args.n == 5", 8, "`!` is about one value or a condition in parentheses: !(a == b)"},
        Wrong{"!!open == true", 7,
              "`!` is about one value or a condition in parentheses: !(a == b)"},
        Wrong{"name ~ foo", 7, "expected a string of globs such as 'foo::*', not `foo`"},
        Wrong{"name ~ 3", 7, "expected a string of globs such as 'foo::*', not `3`"},
        Wrong{"args.coin < quarter", 12,
              "the name of an enumerator is equal or not; it has no order"},
        Wrong{"size(", 5, "expected a path such as args.NAME, not the end"},
        Wrong{"size(3)", 5, "expected a path such as args.NAME, not `3`"},
        Wrong{"size(name) > 3", 5, "size takes a value such as args.NAME or return"},
        Wrong{"size(return > 3", 12, "expected `)`, not `>`"},
        Wrong{"size > 3", 5, "expected `(` and a path such as args.NAME, not `>`"}}) {
    EXPECT_EQ(std::string(Check(wrong.expression).message()),
              absl::StrCat(wrong.message, "\n  ", wrong.expression, "\n  ",
                           std::string(static_cast<size_t>(wrong.column), ' '), "^"));
  }
}

TEST(ParserTest, ErrorsOfTheLexerComeThrough) {
  EXPECT_THAT(Check("args.a = 1"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("did you mean `==`?")));
}

// What holds does not depend on the call.
TEST(ParserTest, AndBindsCloserThanOrAndNotClosest) {
  WorkspaceBuilder builder;
  uint32_t f = builder.AddFunction("f");
  builder.Enter(builder.AddThread("main"), f);
  builder.Leave(1);
  RecordedCall call(builder);
  for (const char* good :
       {"true || true && false", "true || false && false", "!false && true", "!(true && false)",
        "!!true", "(true || true) && !(false || false)", "false || (false || true)",
        "!!!false && !!true", "false && false || true", "!(false || !true) || false"}) {
    EXPECT_TRUE(call.Meets(good)) << good;
  }
  for (const char* bad : {"false && true || false", "(true || true) && false", "!true || false",
                          "false && false || false", "!(true || false)",
                          "true && !(!false)  && false", "!(!false && !false)"}) {
    EXPECT_FALSE(call.Meets(bad)) << bad;
  }
}

TEST(ParserTest, BoundsNestingAndLength) {
  auto nested = [](size_t depth) {
    return absl::StrCat(std::string(depth, '('), "open", std::string(depth, ')'));
  };
  EXPECT_THAT(Check(nested(kMostParentheses)), IsOk());
  EXPECT_THAT(std::string(Check(nested(kMostParentheses + 1)).message()),
              StartsWith("more than 100 parentheses inside each other\n"));
  EXPECT_THAT(std::string(Check(std::string(kMostBytes, '(')).message()),
              StartsWith("more than 100 parentheses inside each other\n"));
  EXPECT_THAT(Check(std::string(kMostBytes - 4, '!') + "open"), IsOk());
  EXPECT_THAT(Check(std::string(kMostBytes - 4, ' ') + "open"), IsOk());
  EXPECT_THAT(std::string(Check(std::string(kMostBytes - 3, ' ') + "open").message()),
              StartsWith("longer than 16384 bytes\n"));
  // Parentheses next to each other are no depth.
  EXPECT_THAT(Check(absl::StrJoin(std::vector<std::string>(1000, "(open)"), "&&")), IsOk());
}

}  // namespace
}  // namespace omnitrace::where
