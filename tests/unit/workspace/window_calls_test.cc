// What is known of threads that use one window in turns.
#include "runtime/workspace/window_calls.h"

#include <initializer_list>

#include "gtest/gtest.h"

namespace omnitrace::workspace {
namespace {

constexpr bool kNew = true, kOld = false, kRead = true, kUnread = false;

void Look(WindowCalls* calls, std::initializer_list<WindowCalls::Turn> turns) {
  calls->StartLook();
  for (const WindowCalls::Turn& turn : turns) calls->Add(turn);
}

TEST(WindowCallsTest, TheNextThreadTellsOfThoseThatNobodySaw) {
  WindowCalls calls;
  Look(&calls, {{2, 0, 10, kNew, kRead}});
  Look(&calls, {{2, 0, 15, kOld, kRead}});
  EXPECT_EQ(calls.lost(), 0u);
  // Two threads of 5 and 80 calls have come and gone; the first one has made 100 in all.
  Look(&calls, {{2, 185, 7, kNew, kRead}});
  EXPECT_EQ(calls.lost(), 0u);
  Look(&calls, {{2, 185, 9, kOld, kRead}});
  EXPECT_EQ(calls.lost(), 170u);
  Look(&calls, {{2, 185, 20, kOld, kRead}});
  EXPECT_EQ(calls.lost(), 170u);
}

TEST(WindowCallsTest, WhatCanStillBeReadIsNotLost) {
  WindowCalls calls;
  Look(&calls, {{2, 0, 10, kNew, kUnread}, {2, 40, 0, kNew, kUnread}});
  for (int look = 0; look < 3; ++look) {
    calls.StartLook();
    EXPECT_FALSE(calls.Add({2, 0, 20, kOld, kUnread}));
    EXPECT_FALSE(calls.Add({2, 40, 5, kOld, kRead}));
    EXPECT_EQ(calls.lost(), 0u);
  }
  calls.StartLook();
  EXPECT_TRUE(calls.Add({2, 0, 39, kOld, kRead}));
  EXPECT_TRUE(calls.Add({2, 40, 5, kOld, kRead}));
  EXPECT_EQ(calls.lost(), 1u);
}

// Its last block was moved while the slots were looked at, one after the other.
TEST(WindowCallsTest, AThreadMayBeFoundBehindTheNextOne) {
  WindowCalls calls;
  Look(&calls, {{2, 40, 1, kNew, kRead}});
  Look(&calls, {{2, 0, 40, kNew, kRead}, {2, 40, 1, kOld, kRead}});
  EXPECT_EQ(calls.lost(), 0u);
  Look(&calls, {{2, 0, 40, kOld, kRead}, {2, 40, 2, kOld, kRead}});
  EXPECT_EQ(calls.lost(), 0u);
}

TEST(WindowCallsTest, EachWindowCountsByItself) {
  WindowCalls calls;
  for (bool is_new : {kNew, kOld}) {
    Look(&calls, {{2, 7, 1, is_new, kRead}, {3, 11, 1, is_new, kRead}});
  }
  EXPECT_EQ(calls.lost(), 18u);
}

TEST(WindowCallsTest, WhatWasBeforeIsNotMissed) {
  WindowCalls calls;
  Look(&calls, {{2, 100, 10, kNew, kUnread}});
  calls.Skip(2, 110);
  calls.SkipAll(4);
  EXPECT_EQ(calls.lost(), 0u);
  for (bool is_new : {kNew, kOld}) {
    // The second one is older than the look, but not seen by it; the third one is later.
    Look(&calls,
         {{2, 112, 1, is_new, kRead}, {3, 1000, 1, is_new, kRead}, {4, 30, 1, is_new, kRead}});
  }
  EXPECT_EQ(calls.lost(), 32u);
}

}  // namespace
}  // namespace omnitrace::workspace
