// Slots of files that say they are larger than any disk, and are holes but for a few blocks.
#include "runtime/workspace/slot_table.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/workspace/block_index.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/time_scale.h"
#include "tests/support/temporary_folder.h"

namespace omnitrace::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr uint32_t kMany = UINT32_MAX;

BlockHeader Block(uint32_t thread, uint64_t sequence, uint8_t flags = 0) {
  BlockHeader header = {};
  header.magic = kBlockMagic;
  header.kind = thread == 0 ? BlockKind::kMetadata : BlockKind::kCalls;
  header.flags = flags;
  header.thread = thread;
  header.sequence = sequence;
  header.start_checksum = StartChecksum(header);
  return header;
}

// Headers in a file that is else a hole. Counts what it is asked for.
class SparseFile : public ByteSource {
 public:
  uint64_t size() const override { return uint64_t{kMany} * kBlockSize; }
  std::string name() const override { return "sparse.omni"; }
  absl::StatusOr<size_t> ReadAt(uint64_t offset, char* out, size_t length) const override {
    ++questions;
    memset(out, 0, length);
    auto found = blocks.find(static_cast<uint32_t>(offset / kBlockSize));
    if (found != blocks.end()) memcpy(out, &found->second, sizeof(found->second));
    return length;
  }
  uint64_t NextData(uint64_t offset) const override {
    ++questions;
    uint64_t slot = offset / kBlockSize;
    auto found = blocks.lower_bound(static_cast<uint32_t>(slot));
    if (found == blocks.end()) return kNoData;
    return found->first == slot ? offset : found->first * uint64_t{kBlockSize};
  }

  std::map<uint32_t, BlockHeader> blocks;
  mutable int questions = 0;
};

class SlotTableTest : public ::testing::Test {
 protected:
  // The slots that have changed.
  std::vector<uint32_t> Look(bool overwrites, uint32_t slots = kMany) {
    std::vector<uint32_t> changed;
    file_.questions = 0;
    table_.Refresh(
        file_, slots, overwrites,
        [&](uint32_t slot, const BlockHeader&, const BlockHeader&) { changed.push_back(slot); });
    return changed;
  }

  SparseFile file_;
  SlotTable table_;
};

TEST_F(SlotTableTest, HolesCostLittle) {
  file_.blocks = {{1, Block(0, 0)}, {1000, Block(1, 0)}, {kMany - 1, Block(1, 1)}};
  EXPECT_THAT(Look(true), ElementsAre(1, 1000, kMany - 1));
  EXPECT_LT(file_.questions, 10'000);
  EXPECT_THAT(Look(true), IsEmpty());
  EXPECT_LT(file_.questions, 10'000);
}

// It is asked for holes by a call that a process that writes to it waits for.
TEST_F(SlotTableTest, AFileOfAProcessIsNotAskedForHoles) {
  constexpr uint32_t kSlots = 1024;
  file_.blocks = {{1, Block(0, 0)}, {1000, Block(1, 0)}};
  EXPECT_THAT(Look(true, kSlots), ElementsAre(1, 1000));
  EXPECT_EQ(file_.questions, static_cast<int>(kSlots) - 1);
}

TEST_F(SlotTableTest, WhatHasBecomeAHoleHasChanged) {
  file_.blocks = {{5, Block(1, 0)}, {1000, Block(1, 1)}};
  EXPECT_THAT(Look(true), ElementsAre(5, 1000));
  file_.blocks = {{7, Block(1, 2)}};
  EXPECT_THAT(Look(true), ElementsAre(5, 7, 1000));
}

TEST_F(SlotTableTest, WhatStaysIsNotLookedAtAgain) {
  for (uint32_t slot = 1; slot <= 100; ++slot) file_.blocks[slot] = Block(1, slot);
  file_.blocks[50] = Block(2, 0, kBlockWindow);
  constexpr uint32_t kSlots = 102;
  EXPECT_EQ(Look(false, kSlots).size(), 100u);
  file_.blocks[7] = Block(1, 200);
  file_.blocks[50] = Block(2, 1, kBlockWindow);
  file_.blocks[101] = Block(1, 201);
  EXPECT_THAT(Look(false, kSlots), ElementsAre(50, 101));
  EXPECT_EQ(file_.questions, 2);
}

// As a reader looks at them.
TEST(BlockIndexTest, HolesCostLittle) {
  FileHeader header = {};
  header.start_ticks_per_second = 1'000'000'000;
  SparseFile file;
  file.blocks = {{1, Block(0, 0)}, {1'000'000, Block(1, 0)}, {kMany - 1, Block(1, 1)}};
  BlockIndex index = ScanBlocks(file, header, TimeScale(header));
  EXPECT_EQ(index.streams[1].size(), 2u);
  EXPECT_EQ(index.slots, kMany);
  file.blocks.erase(kMany - 1);
  index = ScanBlocks(file, header, TimeScale(header));
  EXPECT_EQ(index.streams[1].size(), 1u);
  EXPECT_EQ(index.slots, kMany);
  EXPECT_LT(file.questions, 20'000);
}

TEST(SlotRangesTest, AreWhatWasAdded) {
  SlotRanges ranges;
  for (uint32_t slot : {5, 3, 7, 4, 4, 9, 8}) ranges.Add(slot);
  std::vector<uint64_t> outside;
  for (uint64_t slot = ranges.NextOutside(1); slot < 12; slot = ranges.NextOutside(slot + 1))
    outside.push_back(slot);
  EXPECT_THAT(outside, ElementsAre(1, 2, 6, 10, 11));
}

TEST(ByteSourceTest, AFileKnowsItsHoles) {
  omnitrace::testing::TemporaryFolder folder;
  const std::string path = folder.path() / "sparse";
  constexpr off_t kSize = off_t{1} << 40, kData = kSize / 2;
  int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_EQ(ftruncate(descriptor, kSize), 0);
  ASSERT_EQ(pwrite(descriptor, "data", 4, kData), 4);
  if (lseek(descriptor, 0, SEEK_DATA) == 0) {
    close(descriptor);
    GTEST_SKIP() << folder.path() << " is on a file system that has no holes";
  }
  std::unique_ptr<ByteSource> file = *OpenGrowingFile(path);
  EXPECT_EQ(file->NextData(0), static_cast<uint64_t>(kData));
  EXPECT_EQ(file->NextData(kData + 1), static_cast<uint64_t>(kData) + 1);
  EXPECT_EQ(file->NextData(kData + (1 << 20)), ByteSource::kNoData);
  constexpr uint64_t kFirst = 1 << 20;
  std::unique_ptr<ByteSource> part = PartOfFile(descriptor, kFirst, kSize, "part");
  EXPECT_EQ(part->NextData(0), kData - kFirst);
}

}  // namespace
}  // namespace omnitrace::workspace
