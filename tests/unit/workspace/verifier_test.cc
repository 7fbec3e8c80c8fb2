#include "runtime/workspace/verifier.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/workspace/coding.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::workspace {
namespace {

using ::omnitrace::testing::Encoded;
using ::omnitrace::testing::Joined;
using ::omnitrace::testing::Signed;
using ::omnitrace::testing::Sized;
using ::omnitrace::testing::Text;
using ::omnitrace::testing::Varint;
using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

auto Says(const std::string& what) { return Field(&Problem::what, HasSubstr(what)); }
auto SaysAt(uint64_t offset, const std::string& what) {
  return AllOf(Field(&Problem::offset, offset), Says(what));
}

class VerifierTest : public ::testing::Test {
 protected:
  Verification Verify() { return Verifier(*builder_.Open()).Run(); }
  // The place of the next record of a thread whose only block is in slot 2.
  uint64_t Payload() { return 2 * kBlockSize + sizeof(BlockHeader); }

  WorkspaceBuilder builder_;
  uint32_t f_ = builder_.AddFunction("f", {{"n", builder_.Int()}}, builder_.Int());
  uint32_t g_ = builder_.AddFunction("g", {{"s", builder_.String()}});
  uint32_t main_ = builder_.AddThread("main");
};

TEST_F(VerifierTest, CountsWhatIsGood) {
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.SplitBlock(main_);
  builder_.Enter(main_, g_, {Text("x")});
  builder_.Throw(main_, "E", "w");
  builder_.Leave(main_, Signed(2));
  uint64_t told = 0;
  std::unique_ptr<Reader> reader = builder_.Open();
  Verification verification =
      Verifier(*reader, [&](uint64_t done, uint64_t blocks) { told = done * 10 + blocks; }).Run();
  EXPECT_THAT(verification.problems, IsEmpty());
  EXPECT_EQ(verification.problem_count, 0u);
  EXPECT_EQ(verification.blocks, 3u);
  EXPECT_EQ(verification.records, 4u);
  EXPECT_EQ(verification.calls, 2u);
  EXPECT_EQ(told, 33u);
}

TEST_F(VerifierTest, FindsAKilledProcessContent) {
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.Kill();
  builder_.AddHalfWrittenCopy(main_);
  EXPECT_THAT(Verify().problems, IsEmpty());
}

TEST_F(VerifierTest, FindsValuesThatDoNotDecode) {
  builder_.Enter(main_, g_, {Joined({Varint(3), Varint(9), {"abc"}})});
  EXPECT_THAT(Verify().problems, ElementsAre(SaysAt(Payload(), "text of 9 of 3 characters")));
}

TEST_F(VerifierTest, FindsExceptionsThatDoNotDecode) {
  builder_.Enter(main_, g_, {Text("x")});
  builder_.Other(main_, static_cast<uint64_t>(OtherRecord::kThrown),
                 Joined({Varint(builder_.Int()), Signed(1), Signed(2)}).bytes);
  builder_.Throw(main_, "E", "w");
  EXPECT_THAT(Verify().problems, ElementsAre(Says("exception: 2 bytes, expected 1")));
}

TEST_F(VerifierTest, FindsUndefinedFunctions) {
  builder_.RawRecord(main_, Joined({Varint(99 << 2), Varint(0)}).bytes);
  EXPECT_THAT(Verify().problems, ElementsAre(SaysAt(Payload(), "function 99")));
}

TEST_F(VerifierTest, FindsEndsWithoutACall) {
  builder_.RawRecord(main_, Varint(0 << 2 | 1).bytes);
  EXPECT_THAT(Verify().problems, ElementsAre(SaysAt(Payload(), "no call of this block is open")));
}

TEST_F(VerifierTest, FindsFarEndsOfAnotherFunction) {
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.SplitBlock(main_);
  builder_.Other(main_, static_cast<uint64_t>(OtherRecord::kFarLeave), Joined({Varint(g_)}).bytes);
  EXPECT_THAT(Verify().problems, ElementsAre(Says("least depth 0, but its header says 1"),
                                             Says("end of function 2, expected of function 1")));
}

TEST_F(VerifierTest, FindsFarEndsOfAnotherFunctionBehindAGap) {
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.SplitBlock(main_);
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.Leave(main_, Signed(2));
  builder_.LeaveOutBlock(main_);
  builder_.Other(main_, static_cast<uint64_t>(OtherRecord::kFarLeave), Joined({Varint(g_)}).bytes);
  EXPECT_THAT(Verify().problems, ElementsAre(Says("least depth 0, but its header says 1"),
                                             Says("end of function 2, expected of function 1")));
}

TEST_F(VerifierTest, FindsAGapInFrontOfTheFirstBlock) {
  builder_.Enter(main_, f_, {Signed(1)});
  std::string file = builder_.Build();
  BlockHeader header;
  memcpy(&header, &file[2 * kBlockSize], sizeof(header));
  header.gap = 1;
  header.start_checksum = StartChecksum(header);
  memcpy(&file[2 * kBlockSize], &header, sizeof(header));
  std::unique_ptr<Reader> reader = *Reader::Open(MemorySource(file, "gap.omni"));
  EXPECT_THAT(
      Verifier(*reader).Run().problems,
      ElementsAre(SaysAt(2 * kBlockSize + offsetof(BlockHeader, gap), "gap 1, expected 0")));
}

TEST_F(VerifierTest, FindsBlocksThatDoNotContinue) {
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.RawRecord(main_, Joined({Varint(f_ << 2), Varint(0), Signed(3)}).bytes);
  builder_.SplitBlock(main_);
  builder_.Leave(main_, Signed(2));
  EXPECT_THAT(Verify().problems,
              ElementsAre(SaysAt(2 * kBlockSize, "block of 2 calls, but its header says 1"),
                          SaysAt(3 * kBlockSize, "starts at call 1, depth 1, expected call 2")));
}

TEST_F(VerifierTest, FindsGapsInMetadata) {
  builder_.RawMetadata(static_cast<uint64_t>(MetadataRecord::kFunction),
                       Joined({Varint(9), Varint(0), Sized("h"), Sized(""), Sized(""), Varint(1),
                               Varint(1), Varint(77), Varint(0)})
                           .bytes);
  EXPECT_THAT(Verify().problems,
              ElementsAre(SaysAt(kBlockSize, "function 9 follows, expected function 3"),
                          Says("the result of function 9 h has type 77")));
}

TEST_F(VerifierTest, FindsWrongLiveFields) {
  builder_.header().end = static_cast<EndState>(9);
  builder_.header().reserved = 1;
  EXPECT_THAT(Verify().problems, ElementsAre(SaysAt(offsetof(FileHeader, end), "end state 9"),
                                             SaysAt(offsetof(FileHeader, reserved), "expected 0")));
}

TEST_F(VerifierTest, FindsTheSameByAnyNumberOfThreads) {
  builder_.Enter(main_, f_, {Signed(1)});
  for (int block = 0; block < 100; ++block) {
    builder_.Enter(main_, block % 3 == 0 ? f_ : g_, {block % 3 == 0 ? Signed(1) : Text("x")});
    builder_.Enter(main_, g_, {block % 5 == 0 ? Varint(1) : Text("x")});
    builder_.SplitBlock(main_);
    builder_.Leave(main_);
    uint32_t ended = block % 7 == 0 ? g_ : f_;  // or so it is said
    builder_.Other(main_, static_cast<uint64_t>(OtherRecord::kFarLeave),
                   Joined({Varint(ended), Varint(2)}).bytes);
    builder_.Enter(main_, f_, {Signed(1)});
    if (block % 11 == 0) builder_.RawRecord(main_, Varint(99 << 2).bytes);
    if (block % 13 == 0) builder_.Unwound(main_, 1);
  }
  std::unique_ptr<Reader> reader = builder_.Open();
  Verification alone = Verifier(*reader, {}, 1).Run();
  EXPECT_GT(alone.problem_count, 50u);
  for (size_t threads : {2, 3, 8}) {
    Verification together = Verifier(*reader, {}, threads).Run();
    EXPECT_EQ(together.blocks, alone.blocks);
    EXPECT_EQ(together.records, alone.records);
    EXPECT_EQ(together.calls, alone.calls);
    EXPECT_EQ(together.problem_count, alone.problem_count);
    ASSERT_EQ(together.problems.size(), alone.problems.size());
    for (size_t i = 0; i < alone.problems.size(); ++i) {
      EXPECT_EQ(together.problems[i].offset, alone.problems[i].offset);
      EXPECT_EQ(together.problems[i].what, alone.problems[i].what);
    }
  }
}

TEST_F(VerifierTest, ListsOnlySoManyProblems) {
  for (int i = 0; i < 1500; ++i) {
    builder_.Enter(main_, g_, {Varint(1)});
    builder_.Leave(main_);
  }
  Verification verification = Verify();
  EXPECT_EQ(verification.problem_count, 1500u);
  EXPECT_EQ(verification.problems.size(), Verification::kMostProblems);
}

}  // namespace
}  // namespace omnitrace::workspace
