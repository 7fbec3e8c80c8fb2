#include "tools/driver/response_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace omnitrace::driver {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

FileReader InMemory(std::map<std::string, std::string> files) {
  return [files](const std::string& path) -> std::optional<std::string> {
    auto file = files.find(path);
    return file == files.end() ? std::nullopt : std::optional(file->second);
  };
}

TEST(SplitArguments, SplitsAtWhiteSpace) {
  EXPECT_THAT(SplitArguments(" -c\n\ta.cc  -o\ta.o\n"), ElementsAre("-c", "a.cc", "-o", "a.o"));
  EXPECT_THAT(SplitArguments(" \n"), IsEmpty());
}

TEST(SplitArguments, UnderstandsQuotes) {
  EXPECT_THAT(SplitArguments(R"('a b' "c d" e" "f "" '')"),
              ElementsAre("a b", "c d", "e f", "", ""));
  EXPECT_THAT(SplitArguments(R"("it's" 'say "x"')"), ElementsAre("it's", "say \"x\""));
}

TEST(SplitArguments, UnderstandsBackslashes) {
  EXPECT_THAT(SplitArguments(R"(a\ b "c\"d" 'e\f' \\)"), ElementsAre("a b", "c\"d", "e\\f", "\\"));
}

TEST(ExpandResponseFiles, ReplacesTheFileWhereItStands) {
  FileReader files = InMemory({{"in", "-c a.cc"}});
  EXPECT_THAT(ExpandResponseFiles({"-O2", "@in", "-g"}, files),
              ElementsAre("-O2", "-c", "a.cc", "-g"));
}

TEST(ExpandResponseFiles, FollowsFilesInFiles) {
  FileReader files = InMemory({{"outer", "x @inner z"}, {"inner", "y"}});
  EXPECT_THAT(ExpandResponseFiles({"@outer"}, files), ElementsAre("x", "y", "z"));
}

TEST(ExpandResponseFiles, LeavesWhatItCannotRead) {
  EXPECT_THAT(ExpandResponseFiles({"@missing", "user@host"}, InMemory({})),
              ElementsAre("@missing", "user@host"));
}

TEST(ExpandResponseFiles, EndsWhenAFileNamesItself) {
  EXPECT_THAT(ExpandResponseFiles({"@self"}, InMemory({{"self", "@self"}})), ElementsAre("@self"));
}

}  // namespace
}  // namespace omnitrace::driver
