// What a reader makes of a file of which a part is lost: what is good, where the rest was, and
// never a call that belongs to another.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/workspace/reader.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"
#include "tests/unit/workspace/transcript.h"

namespace omnitrace::workspace {
namespace {

using ::omnitrace::testing::IsOk;
using ::omnitrace::testing::Signed;
using ::omnitrace::testing::StatusIs;
using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Slot 1 holds the metadata, slots 2 to 4 the blocks of one thread:
//   2: f0 entered, f1 entered    3: f1 left, f2 entered, f3 entered    4: f3 left
class DamageTest : public ::testing::Test {
 protected:
  DamageTest() {
    uint32_t f = builder_.AddFunction("f", {{"n", builder_.Int()}});
    main_ = builder_.AddThread("main");
    builder_.Enter(main_, f, {Signed(0)});
    builder_.Enter(main_, f, {Signed(1)});
    builder_.SplitBlock(main_);
    builder_.Leave(main_);
    builder_.Enter(main_, f, {Signed(2)});
    builder_.Enter(main_, f, {Signed(3)});
    builder_.SplitBlock(main_);
    builder_.Leave(main_);
    file_ = builder_.Build();
  }

  char& At(size_t slot, size_t offset) { return file_[slot * kBlockSize + offset]; }
  void Flip(size_t slot, size_t offset) { At(slot, offset) ^= 0x10; }
  void Open() { reader_ = *Reader::Open(MemorySource(file_, "damaged.omni")); }

  // Reads the thread; its first damage goes to status_.
  std::vector<std::string> Lines() {
    Open();
    EventCursor cursor(*reader_, main_);
    while (cursor.Next()) {
    }
    status_ = cursor.status();
    return ReadAll(*reader_).lines;
  }

  WorkspaceBuilder builder_;
  uint32_t main_;
  std::string file_;
  std::unique_ptr<Reader> reader_;
  absl::Status status_;
};

constexpr char kFirst[] = "1 @10 enter 0 #0 f(n: 0)";
constexpr char kSecond[] = "1 @20 enter 1 #1 f(n: 1)";

TEST_F(DamageTest, ADamagedBlockUnwindsToItsLeastDepth) {
  Flip(3, sizeof(BlockHeader) + 1);
  EXPECT_THAT(Lines(), ElementsAre(kFirst, kSecond, "1 @50 unwound 1", "1 @60 leave 2 f = void"));
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kDataLoss,
                                HasSubstr("damaged.omni: offset 196664: block checksum")));
}

TEST_F(DamageTest, AMissingBlockUnwindsEverything) {
  for (size_t i = 0; i < 4; ++i) At(3, i) = 0;  // a hole
  EXPECT_THAT(Lines(), ElementsAre(kFirst, kSecond, "1 @50 unwound 0", "1 @60 leave 2 f = void"));
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("blocks are missing")));
  EXPECT_THAT(reader_->damage(), SizeIs(1));
}

TEST_F(DamageTest, ADamagedHeaderLosesItsBlockOnly) {
  Flip(3, offsetof(BlockHeader, start_ticks));
  EXPECT_THAT(Lines(), ElementsAre(kFirst, kSecond, "1 @50 unwound 0", "1 @60 leave 2 f = void"));
  EXPECT_THAT(reader_->damage(),
              ElementsAre(StatusIs(absl::StatusCode::kDataLoss, HasSubstr("header checksum")),
                          StatusIs(absl::StatusCode::kDataLoss, HasSubstr("are missing"))));
}

TEST_F(DamageTest, ADamagedLastBlockLeavesCallsOpen) {
  Flip(4, sizeof(BlockHeader));
  EXPECT_THAT(Lines(), SizeIs(5));
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("block checksum")));
}

TEST_F(DamageTest, ADamagedFirstBlockLosesItsCalls) {
  Flip(2, sizeof(BlockHeader));
  EXPECT_THAT(Lines(), ElementsAre("1 @30 leave 1 f = void", "1 @40 enter 1 #2 f(n: 2)",
                                   "1 @50 enter 2 #3 f(n: 3)", "1 @60 leave 2 f = void"));
}

TEST_F(DamageTest, LostMetadataLosesTheCallsThatNeedIt) {
  Flip(1, sizeof(BlockHeader));
  EXPECT_THAT(Lines(), Each(HasSubstr("unwound")));
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("function 1")));
  EXPECT_THAT(reader_->damage(), Not(IsEmpty()));
}

TEST_F(DamageTest, ACutFileGivesTheRecordsBeforeTheCut) {
  size_t first_record = 4;  // varints of function, ticks and n; the second record's function
  file_.resize(2 * kBlockSize + sizeof(BlockHeader) + first_record);
  EXPECT_THAT(Lines(), ElementsAre(kFirst));
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("reaches beyond")));
  EXPECT_THAT(reader_->damage(),
              ElementsAre(StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ends after 3 of 5")),
                          StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ends inside"))));
}

TEST_F(DamageTest, HeadersThatContradictTheRecordsAreReported) {
  At(3, offsetof(BlockHeader, calls)) = 9;
  EXPECT_THAT(Lines(), SizeIs(6));
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kDataLoss,
                                HasSubstr("block of 2 calls, but its header says 9")));
}

TEST_F(DamageTest, ARecordingOfTheLastBlocksBeginsLate) {
  builder_.Property("keep", "last");
  file_ = builder_.Build();
  for (size_t i = 0; i < 4; ++i) At(2, i) = 0;
  EXPECT_THAT(Lines(), ElementsAre("1 @30 leave 1 f = void", "1 @40 enter 1 #2 f(n: 2)",
                                   "1 @50 enter 2 #3 f(n: 3)", "1 @60 leave 2 f = void"));
  EXPECT_THAT(status_, IsOk());
  EXPECT_THAT(reader_->damage(), IsEmpty());
  for (size_t i = 0; i < 4; ++i) At(3, i) = 0;
  At(4, 0) = 'x';  // and nothing is left
  EXPECT_THAT(Lines(), IsEmpty());
  EXPECT_THAT(reader_->damage(), SizeIs(1));
}

TEST_F(DamageTest, ABlockTwiceIsReportedAndReadOnce) {
  std::string copy = file_.substr(2 * kBlockSize, kBlockSize);
  file_.resize(5 * kBlockSize);
  file_ += copy;
  EXPECT_THAT(Lines(), SizeIs(6));
  EXPECT_THAT(reader_->damage(),
              ElementsAre(StatusIs(absl::StatusCode::kDataLoss, HasSubstr("have sequence 0"))));
}

}  // namespace
}  // namespace omnitrace::workspace
