#include "tools/support/build_id.h"

#include <elf.h>
#include <sys/stat.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_folder.h"

namespace omnitrace::tools {
namespace {

using omnitrace::testing::IsOkAndHolds;
using omnitrace::testing::StatusIs;
using omnitrace::testing::TemporaryFolder;

class BuildIdTest : public ::testing::Test {
 protected:
  ~BuildIdTest() override { std::filesystem::remove(path_); }

  // A program that is nothing but a header, one segment and its notes.
  const std::string& Program(uint32_t note_type, uint32_t description_size) {
    Elf64_Ehdr header = {};
    memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_phoff = sizeof header;
    header.e_phnum = 1;
    Elf64_Phdr segment = {};
    segment.p_type = PT_NOTE;
    segment.p_offset = sizeof header + sizeof segment;
    segment.p_filesz = sizeof(Elf64_Nhdr) + 8;
    segment.p_align = 4;
    Elf64_Nhdr note = {4, description_size, note_type};
    std::ofstream out(path_, std::ios::binary);
    out.write(reinterpret_cast<char*>(&header), sizeof header);
    out.write(reinterpret_cast<char*>(&segment), sizeof segment);
    out.write(reinterpret_cast<char*>(&note), sizeof note);
    out.write("GNU\0\xab\xcd\x01\x02", 8);
    return path_;
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.path() / "program";
};

TEST_F(BuildIdTest, ReadsTheNote) {
  EXPECT_THAT(ReadBuildId(Program(NT_GNU_BUILD_ID, 4)), IsOkAndHolds("abcd0102"));
}

TEST_F(BuildIdTest, ProgramsNeedNotHaveOne) {
  EXPECT_THAT(ReadBuildId(Program(NT_GNU_ABI_TAG, 4)), IsOkAndHolds(""));
}

TEST_F(BuildIdTest, ANoteThatEndsBehindItsSegmentIsNone) {
  EXPECT_THAT(ReadBuildId(Program(NT_GNU_BUILD_ID, 400)), IsOkAndHolds(""));
}

TEST_F(BuildIdTest, NobodyIsWaitedFor) {
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(ReadBuildId(path_),
              StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("not a regular")));
}

TEST_F(BuildIdTest, WhatIsNoProgramIsAnError) {
  std::ofstream(path_) << "#!/bin/sh\n";
  EXPECT_FALSE(ReadBuildId(path_).ok());
  EXPECT_FALSE(ReadBuildId(path_ + ".missing").ok());
}

}  // namespace
}  // namespace omnitrace::tools
