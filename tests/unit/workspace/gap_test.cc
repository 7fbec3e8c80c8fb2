// Blocks that were left out on purpose, by rate=BYTES: what was open in front of them and stayed so
// goes on behind them, and nothing is damaged.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/verifier.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"
#include "tests/unit/workspace/transcript.h"

namespace omnitrace::workspace {
namespace {

using ::omnitrace::testing::IsOk;
using ::omnitrace::testing::Signed;
using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GapTest : public ::testing::Test {
 protected:
  void Enter(int n) { builder_.Enter(main_, f_, {Signed(n)}); }
  void Leave() { builder_.Leave(main_); }
  // Reads the thread, in which nothing may be wrong.
  std::vector<std::string> Lines() {
    std::unique_ptr<Reader> reader = builder_.Open();
    EXPECT_THAT(reader->damage(), IsEmpty());
    EXPECT_THAT(Verifier(*reader).Run().problems, IsEmpty());
    EventCursor cursor(*reader, main_);
    while (cursor.Next()) {
    }
    EXPECT_THAT(cursor.status(), IsOk());
    return ReadAll(*reader).lines;
  }

  WorkspaceBuilder builder_;
  uint32_t f_ = builder_.AddFunction("f", {{"n", builder_.Int()}});
  uint32_t main_ = builder_.AddThread("main");
};

TEST_F(GapTest, CallsThatStayOpenGoOn) {
  Enter(0);
  Enter(1);
  builder_.SplitBlock(main_);
  Leave();
  Enter(2);
  builder_.LeaveOutBlock(main_);
  Leave();
  Leave();
  EXPECT_THAT(Lines(),
              ElementsAre("1 @10 enter 0 #0 f(n: 0)", "1 @20 enter 1 #1 f(n: 1)", "1 @40 unwound 1",
                          "1 @50 leave 1 f = void", "1 @60 leave 0 f = void"));
}

TEST_F(GapTest, WhereNothingEndedNothingIsUnwound) {
  Enter(0);
  builder_.SplitBlock(main_);
  Enter(1);
  Leave();
  builder_.LeaveOutBlock(main_);
  Leave();
  EXPECT_THAT(Lines(), ElementsAre("1 @10 enter 0 #0 f(n: 0)", "1 @40 leave 0 f = void"));
}

TEST_F(GapTest, OfSeveralBlocksTheLeastDepthCounts) {
  Enter(0);
  Enter(1);
  Enter(2);
  builder_.SplitBlock(main_);
  Leave();
  Leave();
  Enter(3);
  builder_.LeaveOutBlock(main_);
  Enter(4);
  Enter(5);
  builder_.LeaveOutBlock(main_);
  Enter(6);
  EXPECT_THAT(Lines(), ElementsAre("1 @10 enter 0 #0 f(n: 0)", "1 @20 enter 1 #1 f(n: 1)",
                                   "1 @30 enter 2 #2 f(n: 2)", "1 @80 unwound 1",
                                   "1 @90 enter 4 #6 f(n: 6)"));
}

TEST_F(GapTest, TheFirstBlockMayBeLeftOut) {
  Enter(0);
  builder_.LeaveOutBlock(main_);
  Enter(1);
  Leave();
  Leave();
  EXPECT_THAT(Lines(), ElementsAre("1 @20 enter 1 #1 f(n: 1)", "1 @30 leave 1 f = void",
                                   "1 @40 leave 0 f = void"));
}

}  // namespace
}  // namespace omnitrace::workspace
