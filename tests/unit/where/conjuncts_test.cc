// What a condition is made of that must all hold.
#include "tools/where/conjuncts.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tools/where/parser.h"

namespace omnitrace::where {
namespace {

using ::testing::ElementsAre;
using namespace omnitrace::testing;  // NOLINT

// How many comparisons each part has.
std::vector<size_t> Sizes(const std::string& text) {
  absl::StatusOr<Expression> expression = Parse(text);
  EXPECT_THAT(expression, IsOk()) << text;
  std::vector<size_t> sizes;
  for (const Expression& part : Conjuncts(*expression)) sizes.push_back(part.comparisons().size());
  return sizes;
}

TEST(ConjunctsTest, AreThePartsOfAnAnd) {
  EXPECT_THAT(Sizes("depth"), ElementsAre(1));
  EXPECT_THAT(Sizes("depth && line"), ElementsAre(1, 1));
  EXPECT_THAT(Sizes("depth && line && pid"), ElementsAre(1, 1, 1));
  EXPECT_THAT(Sizes("depth && (line && pid)"), ElementsAre(1, 1, 1));
  EXPECT_THAT(Sizes("(depth && line) && pid"), ElementsAre(1, 1, 1));
  EXPECT_THAT(Sizes("(depth || line) && (pid || open || end)"), ElementsAre(2, 3));
  EXPECT_THAT(Sizes("!(depth && line) && pid"), ElementsAre(2, 1));
  EXPECT_THAT(Sizes("pid && !(depth || line && open)"), ElementsAre(1, 3));
}

TEST(ConjunctsTest, WhatIsNoAndStaysWhole) {
  EXPECT_THAT(Sizes("depth || line && pid"), ElementsAre(3));
  EXPECT_THAT(Sizes("depth && line || pid"), ElementsAre(3));
  EXPECT_THAT(Sizes("(depth && line) || (pid && open)"), ElementsAre(4));
  EXPECT_THAT(Sizes("!(depth && line)"), ElementsAre(2));
  EXPECT_THAT(Sizes("!(depth && line && pid)"), ElementsAre(3));
}

// Of all four cases of two conditions, whatever surrounds them.
TEST(ConjunctsTest, HoldTogetherWhenTheWholeDoes) {
  workspace::Function function;
  for (const char* text :
       {"line == 1 && depth == 1", "(line == 1 || depth == 1) && !(line != 1)",
        "!(line == 1 && depth == 1) && line == 1",
        "line == 1 && (depth == 1 || line == 0) && !(depth == 0 || line == 0)"}) {
    absl::StatusOr<Expression> expression = Parse(text);
    ASSERT_THAT(expression, IsOk());
    for (uint32_t i = 0; i < 4; ++i) {
      function.line = i % 2;
      Subject call;
      call.function = &function;
      call.depth = i / 2;
      absl::Status damage;
      bool all = true;
      for (const Expression& part : Conjuncts(*expression)) all &= part.Holds(call, &damage);
      EXPECT_EQ(all, expression->Holds(call, &damage)) << text << ", case " << i;
    }
  }
}

TEST(ConjunctsTest, KnowWhatIsDecidedAtTheEnd) {
  for (const char* text : {"return > 3", "3 < duration", "size(return) > 2", "thrown.type ~ 'a'",
                           "args.n == 3 || open"}) {
    EXPECT_TRUE(IsAboutTheEnd(*Parse(text))) << text;
  }
  for (const char* text : {"args.n > 3", "name ~ 'a'", "this.size == 3 && start < 3s"}) {
    EXPECT_FALSE(IsAboutTheEnd(*Parse(text))) << text;
  }
}

}  // namespace
}  // namespace omnitrace::where
