// What a tool remembers of the calls of a process, that says of itself what it likes.
#include "tools/live/live_calls.h"

#include <cstdint>
#include <memory>
#include <string>

#include "gtest/gtest.h"
#include "runtime/workspace/block_parser.h"
#include "tests/support/workspace_builder.h"
#include "tools/live/foreign_calls.h"

namespace omnitrace::tools {
namespace {

using workspace::Event;

constexpr uint32_t kDeepest = workspace::kMostDepth + kBlockSize;

class LiveCallsTest : public ::testing::Test {
 protected:
  LiveCallsTest() : function_(builder_.AddFunction("f")), reader_(builder_.Open()) {}

  Event Make(Event::Kind kind, uint32_t thread, uint32_t depth, absl::string_view bytes = {}) {
    Event event = {};
    event.kind = kind;
    event.thread = thread;
    event.function = function_;
    event.depth = depth;
    event.bytes = bytes;
    return event;
  }
  void Enter(uint32_t thread, uint32_t depth, absl::string_view arguments = {}) {
    LiveEvent live;
    Event event = Make(Event::Kind::kEnter, thread, depth, arguments);
    ASSERT_TRUE(calls_.Take(origin_, *reader_, event, &live));
  }
  // Whether the entry is known.
  bool Leave(uint32_t thread, uint32_t depth) {
    LiveEvent live;
    Event event = Make(Event::Kind::kLeave, thread, depth);
    EXPECT_TRUE(calls_.Take(origin_, *reader_, event, &live));
    return live.has_arguments;
  }

  testing::WorkspaceBuilder builder_;
  const uint32_t function_;
  const std::unique_ptr<workspace::Reader> reader_;
  const LiveOrigin origin_;
  LiveCalls calls_{[](absl::string_view) { return true; }};
};

TEST_F(LiveCallsTest, RemembersWhatIsUnderWay) {
  Enter(1, 0);
  Enter(1, 1);
  Enter(2, 7);
  EXPECT_TRUE(Leave(1, 1));
  EXPECT_FALSE(Leave(1, 1));
  EXPECT_TRUE(Leave(1, 0));
  EXPECT_TRUE(Leave(2, 7));
}

// All calls that were so deep would be 1 TiB.
TEST_F(LiveCallsTest, ADepthIsNotBelieved) {
  constexpr uint32_t kThreads = 1000;
  for (uint32_t thread = 1; thread <= kThreads; ++thread) Enter(thread, kDeepest);
  for (uint32_t thread = 1; thread <= kThreads; ++thread) EXPECT_TRUE(Leave(thread, kDeepest));
}

TEST_F(LiveCallsTest, OfAThreadSoManyCallsAreRemembered) {
  constexpr uint32_t kMost = 16 * 1024;
  for (uint32_t depth = 0; depth <= kMost; ++depth) Enter(1, depth);
  EXPECT_FALSE(Leave(1, kMost));
  EXPECT_TRUE(Leave(1, kMost - 1));
}

TEST_F(LiveCallsTest, SoManyThreadsAreRemembered) {
  constexpr uint32_t kMost = 64 * 1024;
  for (uint32_t thread = 1; thread <= 3 * kMost; ++thread) Enter(thread, 0);
  EXPECT_FALSE(Leave(1, 0));
  EXPECT_TRUE(Leave(3 * kMost, 0));
}

TEST_F(LiveCallsTest, ThreadsThatComeAndGoForgetNobody) {
  constexpr uint32_t kThreads = 64 * 1024;
  Enter(1, 0);
  for (uint32_t thread = 2; thread <= kThreads; ++thread) {
    Enter(thread, 0);
    EXPECT_TRUE(Leave(thread, 0));
  }
  EXPECT_TRUE(Leave(1, 0));
}

TEST_F(LiveCallsTest, SoManyArgumentsAreRemembered) {
  constexpr uint32_t kCalls = 200;
  const std::string arguments(2 << 20, 'a');
  Enter(1, 0);
  for (uint32_t i = 0; i < kCalls; ++i) Enter(2 + i, 0, arguments);
  EXPECT_FALSE(Leave(1, 0));
  EXPECT_TRUE(Leave(1 + kCalls, 0));
}

TEST_F(LiveCallsTest, OtherObserversCallsAreOfSoManyThreads) {
  constexpr uint32_t kMost = 64 * 1024;
  ForeignCalls foreign(1, false);
  for (uint32_t thread = 1; thread <= kMost + 2; ++thread) {
    Event event = Make(Event::Kind::kEnter, thread, 0);
    event.observers = LiveObserverBit(0);
    ASSERT_TRUE(foreign.Has(event));
  }
  EXPECT_FALSE(foreign.Has(Make(Event::Kind::kLeave, 1, 0)));
  EXPECT_TRUE(foreign.Has(Make(Event::Kind::kLeave, kMost + 2, 0)));
}

}  // namespace
}  // namespace omnitrace::tools
