#include "tools/model/workspace_set.h"

#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::tools {
namespace {

namespace fs = std::filesystem;
using omnitrace::testing::IsOk;
using omnitrace::testing::IsOkAndHolds;
using omnitrace::testing::StatusIs;
using omnitrace::testing::TemporaryFolder;
using omnitrace::testing::WorkspaceBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class WorkspaceSetTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, std::string_view bytes, int age_seconds = 0) {
    fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::seconds(age_seconds));
    return path.string();
  }
  static std::string Workspace(uint64_t start_unix_ns) {
    WorkspaceBuilder builder;
    builder.AddThread("main");
    builder.header().start_unix_ns = start_unix_ns;
    return builder.Build();
  }

  const TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
};

TEST_F(WorkspaceSetTest, FindsWorkspacesByTheirContentsNewestFirst) {
  std::string old = Write("old.omni", Workspace(1), 60);
  std::string newest = Write("any name", Workspace(1), 10);
  Write("not.omni", "something else", 0);
  EXPECT_THAT(FindWorkspaces(folder_.string()), IsOkAndHolds(ElementsAre(newest, old)));
  EXPECT_THAT(ExpandPaths({{old, folder_.string()}}), IsOkAndHolds(ElementsAre(old, newest, old)));
}

TEST_F(WorkspaceSetTest, PutsFilesOnOneTimeLine) {
  std::string late = Write("late.omni", Workspace(5'000));
  std::string early = Write("early.omni", Workspace(2'000));
  ASSERT_OK_AND_ASSIGN(WorkspaceSet set, WorkspaceSet::Open({{late, early}}));
  ASSERT_EQ(set.files().size(), 2u);
  EXPECT_EQ(set.files()[0].reader->info().path, early);
  EXPECT_EQ(set.files()[0].start, 0u);
  EXPECT_EQ(set.files()[1].start, 3'000u);
  EXPECT_THAT(set.damage(), IsOk());
}

TEST_F(WorkspaceSetTest, ReportsWhatCannotBeOpenedNextToWhatCan) {
  std::string good = Write("good.omni", Workspace(1));
  std::string bad = Write("bad.omni", "rubbish");
  ASSERT_OK_AND_ASSIGN(WorkspaceSet set, WorkspaceSet::Open({{bad, good}}));
  EXPECT_EQ(set.files().size(), 1u);
  EXPECT_THAT(set.damage().message(), HasSubstr("bad.omni"));
}

TEST_F(WorkspaceSetTest, FailsWhenNothingCanBeOpened) {
  EXPECT_THAT(WorkspaceSet::Open({{(folder_ / "missing.omni").string()}}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("missing.omni")));
  EXPECT_THAT(WorkspaceSet::Open({{folder_.string()}}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no workspace here")));
}

}  // namespace
}  // namespace omnitrace::tools
