// A file that its process goes on writing while it is read: at whatever moment the writer moves on,
// a reader gives what was recorded or asks to read again.
#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/workspace/reader.h"
#include "tests/support/workspace_builder.h"
#include "tests/unit/workspace/transcript.h"

namespace omnitrace::workspace {
namespace {

using ::omnitrace::testing::Signed;
using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::IsSubsetOf;

// Shows one state of a file for a number of reads, and then the next one.
class MovingFile : public ByteSource {
 public:
  MovingFile(std::string before, std::string after, int reads)
      : before_(std::move(before)), after_(std::move(after)), reads_left_(reads) {}

  uint64_t size() const override { return before_.size(); }  // as of opening
  std::string name() const override { return "live.omni"; }
  absl::StatusOr<size_t> ReadAt(uint64_t offset, char* out, size_t length) const override {
    const std::string& bytes = reads_left_-- > 0 ? before_ : after_;
    return offset < bytes.size() ? bytes.copy(out, length, offset) : 0;
  }
  bool moved() const { return reads_left_ < 0; }
  void Move() const { MoveAfter(0); }
  void MoveAfter(int reads) const { reads_left_ = reads; }

 private:
  const std::string before_, after_;
  mutable int reads_left_;
};

class LiveTest : public ::testing::Test {
 protected:
  // Slot 1: metadata. Slot 2: the thread's window. Slot 3: its first block, once it is appended.
  LiveTest() {
    uint32_t f = builder_.AddFunction("f", {{"n", builder_.Int()}});
    uint32_t main = builder_.AddThread("main");
    builder_.Kill();
    builder_.Enter(main, f, {Signed(0)});
    builder_.Enter(main, f, {Signed(1)});
    before_ = builder_.Build();
    builder_.Leave(main);
    builder_.SplitBlock(main);
    uint32_t g = builder_.AddFunction("g");  // defined when the reader may have begun
    builder_.Enter(main, g);
    after_ = builder_.Build();
    after_.resize(4 * kBlockSize);
    std::swap_ranges(after_.begin() + 2 * kBlockSize, after_.begin() + 3 * kBlockSize,
                     after_.begin() + 3 * kBlockSize);
    before_.resize(4 * kBlockSize);
  }

  WorkspaceBuilder builder_;
  std::string before_, after_;
};

TEST_F(LiveTest, InventsNothingWheneverTheWriterMovesOn) {
  auto finished = Reader::Open(MemorySource(after_, "after.omni"));
  const std::vector<std::string> recorded = ReadAll(**finished).lines;
  ASSERT_EQ(recorded.size(), 4u);
  bool moved = true;
  for (int reads = 0; moved; ++reads) {
    auto source = std::make_unique<MovingFile>(before_, after_, reads);
    const MovingFile& file = *source;
    auto reader = Reader::Open(std::move(source));
    ASSERT_TRUE(reader.ok());
    EXPECT_THAT(ReadAll(**reader).lines, IsSubsetOf(recorded)) << reads << " reads before";
    moved = file.moved();
  }
}

TEST_F(LiveTest, AsksToReadAgain) {
  auto source = std::make_unique<MovingFile>(before_, after_, 1000);
  const MovingFile& file = *source;
  auto reader = Reader::Open(std::move(source));
  ASSERT_TRUE(reader.ok());
  ASSERT_FALSE(file.moved());
  file.Move();
  EventCursor cursor(**reader, 1);
  EXPECT_FALSE(cursor.Next());
  EXPECT_EQ(cursor.status().code(), absl::StatusCode::kUnavailable) << cursor.status();
}

// A call that was too short is gone, and another one has its bytes.
TEST_F(LiveTest, NoticesThatRecordsWereTakenBack) {
  std::string again = before_;
  again[2 * kBlockSize + offsetof(BlockHeader, calls)] = 1;
  auto source = std::make_unique<MovingFile>(before_, again, 1000);
  const MovingFile& file = *source;
  auto reader = Reader::Open(std::move(source));
  ASSERT_TRUE(reader.ok());
  EventCursor cursor(**reader, 1);
  file.MoveAfter(2);  // the header and the records, but not the header behind them
  EXPECT_FALSE(cursor.Next());
  EXPECT_EQ(cursor.status().code(), absl::StatusCode::kUnavailable) << cursor.status();
}

TEST_F(LiveTest, ReadsEachBlockOnceAfterTheMove) {
  auto reader = Reader::Open(MemorySource(after_, "after.omni"));
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ((*reader)->blocks(1).size(), 2u);
  EXPECT_TRUE((*reader)->damage().empty());
}

}  // namespace
}  // namespace omnitrace::workspace
