#include "tools/model/event_ranges.h"

#include <memory>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::tools {
namespace {

using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Lt;
using ::testing::SizeIs;

// Blocks of one call each, and which of the calls came how.
class EventRangesTest : public ::testing::Test {
 protected:
  struct Calls {
    void Take(const workspace::Event& event, size_t) {
      if (event.kind == workspace::Event::Kind::kEnter) taken.push_back(event.ordinal);
    }
    bool CanAppend(const Calls& next) const { return next.taken.front() != refused; }
    void Append(const Calls& next) {
      appended.insert(appended.end(), next.taken.begin(), next.taken.end());
    }
    std::vector<uint64_t> taken, appended;
    uint64_t refused = UINT64_MAX;
  };

  void Record(int blocks) {
    for (int i = 0; i < blocks; ++i) {
      builder_.Enter(thread_, function_);
      builder_.Leave(thread_);
      builder_.SplitBlock(thread_);
    }
  }
  absl::Status Read(size_t cores = 2) {
    std::unique_ptr<workspace::Reader> reader = builder_.Open();
    auto new_part = [] { return std::make_unique<Calls>(); };
    auto on_blocks = [this](size_t blocks) { told_.push_back(blocks); };
    return ReadEvents<Calls>({*reader, thread_, cores, on_blocks}, new_part, calls_);
  }

  WorkspaceBuilder builder_;
  const uint32_t function_ = builder_.AddFunction("f");
  const uint32_t thread_ = builder_.AddThread("main");
  Calls calls_;
  std::vector<size_t> told_;
};

TEST_F(EventRangesTest, AppendsAllInOrder) {
  Record(20);
  EXPECT_TRUE(Read().ok());
  EXPECT_THAT(calls_.taken, IsEmpty());
  ASSERT_THAT(calls_.appended, SizeIs(20));
  for (uint64_t i = 0; i < 20; ++i) EXPECT_EQ(calls_.appended[i], i);
  EXPECT_THAT(told_, ElementsAre(0, 8, 16));
}

TEST_F(EventRangesTest, OneCoreReadsOnePiece) {
  Record(20);
  EXPECT_TRUE(Read(1).ok());
  EXPECT_THAT(calls_.taken, SizeIs(20));
  EXPECT_THAT(calls_.appended, IsEmpty());
  EXPECT_THAT(told_, SizeIs(20));
}

TEST_F(EventRangesTest, TakesWhatCannotBeAppended) {
  Record(20);
  calls_.refused = 8;
  EXPECT_TRUE(Read().ok());
  EXPECT_THAT(calls_.taken, AllOf(SizeIs(8), Each(AllOf(Ge(8u), Lt(16u)))));
  EXPECT_THAT(calls_.appended, SizeIs(12));
}

TEST_F(EventRangesTest, DamageEndsTheRanges) {
  Record(20);
  builder_.RawRecord(thread_, "\x03\x03");
  Record(20);
  EXPECT_FALSE(Read().ok());
  EXPECT_THAT(calls_.appended, AllOf(SizeIs(16), Each(Lt(16u))));
  EXPECT_THAT(calls_.taken, AllOf(SizeIs(Ge(23u)), Each(Ge(16u))));
}

TEST_F(EventRangesTest, MayBeNothing) {
  EXPECT_TRUE(Read().ok());
  EXPECT_THAT(calls_.taken, IsEmpty());
}

}  // namespace
}  // namespace omnitrace::tools
