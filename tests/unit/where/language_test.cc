#include "tools/where/language.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tools/where/parser.h"
#include "tools/where/path.h"

namespace omnitrace::where {
namespace {

using omnitrace::testing::IsOk;
using ::testing::HasSubstr;

TEST(LanguageTest, ItsExamplesAreGood) {
  std::vector<std::string> paragraphs = absl::StrSplit(kLanguage, "\n\n");
  std::vector<std::string> examples = absl::StrSplit(paragraphs[1], '\n');
  ASSERT_EQ(examples.size(), 4u);
  for (const std::string& example : examples) EXPECT_THAT(Check(example), IsOk()) << example;
}

TEST(LanguageTest, NamesAllPartsAndLimits) {
  std::string text(kLanguage);
  for (const RootName& root : RootNames()) EXPECT_THAT(text, HasSubstr(std::string(root.name)));
  EXPECT_THAT(text, HasSubstr(absl::StrCat("at most ", kMostBytes, " bytes and ", kMostParentheses,
                                           " parentheses")));
}

}  // namespace
}  // namespace omnitrace::where
