#include "tools/support/command_line.h"

#include <ostream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace omnitrace::tools {
namespace {

using omnitrace::testing::IsOkAndHolds;
using omnitrace::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

absl::Status CheckEven(absl::string_view value) {
  return value.size() % 2 == 0 ? absl::OkStatus() : absl::InvalidArgumentError("odd");
}

constexpr Option kOptions[] = {
    {'L', "levels", "N", ""},
    {'j', "json", "", ""},
    {'v', "verbose", "", ""},
    {0, "pair", "TEXT", "", &CheckEven},
    {0, "name", "LIST", ""},
    {0, "since", "TIME", ""},
    {0, "color", "auto|always|never", ""},
};
const Usage kUsage = {"FILE [FILE]", "", {{"Options", kOptions}}, 1, 2};

absl::StatusOr<CommandLine> Parse(std::vector<std::string> arguments) {
  return ParseCommandLine(kUsage, arguments);
}

TEST(CommandLineTest, TakesValuesInEverySpelling) {
  for (std::vector<std::string> arguments : {std::vector<std::string>{"-L", "3", "f"},
                                             {"-L3", "f"},
                                             {"--levels", "3", "f"},
                                             {"f", "--levels=3"},
                                             {"-L1", "f", "-jL3"}}) {
    absl::StatusOr<CommandLine> line = Parse(arguments);
    ASSERT_TRUE(line.ok()) << line.status();
    EXPECT_EQ(line->Number("levels", 9), 3u);
    EXPECT_THAT(line->operands(), ElementsAre("f"));
  }
}

TEST(CommandLineTest, GivesFallbacksForWhatIsMissing) {
  absl::StatusOr<CommandLine> line = Parse({"f"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_FALSE(line->Has("json"));
  EXPECT_EQ(line->Number("levels", 9), 9u);
  EXPECT_EQ(line->Time("since", 8), 8u);
  EXPECT_EQ(line->Text("color", "auto"), "auto");
  EXPECT_TRUE(line->List("name").empty());
}

TEST(CommandLineTest, GathersListsOverOptionsAndCommas) {
  absl::StatusOr<CommandLine> line = Parse({"--name=a,b", "f", "--name", "c"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_THAT(line->List("name"), ElementsAre("a", "b", "c"));
}

TEST(CommandLineTest, GivesTextsAsTheyAre) {
  absl::StatusOr<CommandLine> line = Parse({"--pair=a,b,", "f", "--pair", ""});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_THAT(line->Texts("pair"), ElementsAre("a,b,", ""));
  EXPECT_THAT(line->Texts("name"), ElementsAre());
}

TEST(CommandLineTest, LeavesWhatFollowsTwoDashesAlone) {
  absl::StatusOr<CommandLine> line = Parse({"-j", "--", "-j", "--levels"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_THAT(line->operands(), ElementsAre("-j", "--levels"));
}

TEST(CommandLineTest, HelpNeedsNothingElse) {
  absl::StatusOr<CommandLine> line = Parse({"--help", "--nonsense"});
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_TRUE(line->Has("help"));
}

struct Refusal {
  std::vector<std::string> arguments;
  std::string message;
};

std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
  return out << refusal.message;
}

class RefusalTest : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusalTest, IsAUsageErrorThatSaysWhy) {
  absl::StatusOr<CommandLine> line = Parse(GetParam().arguments);
  EXPECT_THAT(line, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(GetParam().message)));
  EXPECT_TRUE(IsUsageError(line.status()));
}

INSTANTIATE_TEST_SUITE_P(
    CommandLine, RefusalTest,
    ::testing::Values(Refusal{{"--jsno", "f"}, "unknown option --jsno; did you mean --json?"},
                      Refusal{{"--verb", "f"}, "did you mean --verbose?"},
                      Refusal{{"-x", "f"}, "unknown option -x"},
                      Refusal{{"--levels=three", "f"}, "--levels needs a number, not \"three\""},
                      Refusal{{"-L-1", "f"}, "--levels needs a number"},
                      Refusal{{"--since=5parsecs", "f"}, "--since needs a time"},
                      Refusal{{"--color=pink", "f"}, "--color needs one of auto|always|never"},
                      Refusal{{"--pair=abc", "f"}, "--pair: odd"},
                      Refusal{{"--json=yes", "f"}, "--json takes no value"},
                      Refusal{{"f", "--name"}, "--name needs a value: LIST"},
                      Refusal{{}, "needs FILE [FILE]"},
                      Refusal{{"a", "b", "c"}, "unexpected argument \"c\""}));

TEST(CommandLineTest, OtherErrorsAreNoUsageErrors) {
  EXPECT_FALSE(IsUsageError(absl::InvalidArgumentError("not a workspace")));
  EXPECT_FALSE(IsUsageError(absl::OkStatus()));
}

TEST(ParseTimeTest, UnderstandsUnits) {
  EXPECT_THAT(ParseTime("10"), IsOkAndHolds(10u));
  EXPECT_THAT(ParseTime("18446744073709551615"), IsOkAndHolds(UINT64_MAX));
  EXPECT_THAT(ParseTime("7ns"), IsOkAndHolds(7u));
  EXPECT_THAT(ParseTime("1.5us"), IsOkAndHolds(1500u));
  EXPECT_THAT(ParseTime(".25ms"), IsOkAndHolds(250'000u));
  EXPECT_THAT(ParseTime("2s"), IsOkAndHolds(2'000'000'000u));
  EXPECT_THAT(ParseTime("3m"), IsOkAndHolds(180'000'000'000u));
  for (const char* wrong : {"", "s", "1.5", "-1s", "1 s", "1h", "1e3s", "99999999999m"}) {
    EXPECT_FALSE(ParseTime(wrong).ok()) << wrong;
  }
}

TEST(ClosestNameTest, KeepsItsDistance) {
  EXPECT_EQ(ClosestName("tre", {"tree", "calls"}), "tree");
  EXPECT_EQ(ClosestName("flame", {"tree", "flamegraph"}), "flamegraph");
  EXPECT_EQ(ClosestName("xyzzy", {"tree", "calls"}), "");
}

}  // namespace
}  // namespace omnitrace::tools
