// rate=BYTES: what may be written when, and that what may not is counted.
#include "runtime/recording/pace.h"

#include <algorithm>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/recording/described_program.h"
#include "tests/unit/recording/traced_process.h"

namespace omnitrace::testing {
namespace {

using ::testing::Contains;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr uint64_t kSecond = 1'000'000'000;

TEST(PaceTest, WithoutALimitEverythingIsAllowed) {
  recording::Pace pace = {};
  EXPECT_FALSE(pace.IsLimited());
  EXPECT_TRUE(pace.Allows(uint64_t{1} << 40, 0));
}

TEST(PaceTest, ASecondsBytesMayComeAtOnce) {
  recording::Pace pace = {};
  pace.Start(1000);
  uint64_t now = 77 * kSecond;
  // The first eleven fill the bucket, one more than it holds.
  for (int i = 0; i < 11; ++i) EXPECT_TRUE(pace.Allows(100, now)) << i;
  EXPECT_FALSE(pace.Allows(100, now));
  EXPECT_FALSE(pace.Allows(100, now + kSecond / 20));
  EXPECT_TRUE(pace.Allows(100, now + kSecond / 10));
  EXPECT_FALSE(pace.Allows(100, now + kSecond / 10));
}

TEST(PaceTest, InTheLongRunTheRateIsKept) {
  recording::Pace pace = {};
  pace.Start(64 << 20);
  uint64_t written = 0;
  for (uint64_t now = kSecond; now <= 11 * kSecond; now += kSecond / 5000) {
    if (pace.Allows(64 << 10, now)) written += 64 << 10;
  }
  EXPECT_GE(written, uint64_t{10 * 64} << 20);
  EXPECT_LE(written, (uint64_t{11 * 64} << 20) + (64 << 10));
}

TEST(PaceTest, APauseIsNotSavedUp) {
  recording::Pace pace = {};
  pace.Start(1000);
  EXPECT_TRUE(pace.Allows(1000, kSecond));
  uint64_t later = 1000 * kSecond;
  EXPECT_TRUE(pace.Allows(1000, later));
  EXPECT_TRUE(pace.Allows(1000, later));
  EXPECT_FALSE(pace.Allows(1000, later));
}

// Of one byte a second, the first block takes hours.
class RateTest : public ::testing::Test {
 protected:
  RateTest() { process_.Set("OMNITRACE_LIMITS", "rate=1"); }

  uint64_t Dropped() {
    auto reader = process_.Open();
    for (const workspace::Drop& drop : reader->info().drops) {
      EXPECT_EQ(drop.reason, DropReason::kRate);
    }
    return testing::Dropped(*reader, DropReason::kRate);
  }

  TracedFunction function_{"foo::f", {ByValue("n", Int())}, Int()};
  TracedProcess process_;
};

TEST_F(RateTest, BlocksBeyondItAreCounted) {
  ASSERT_EQ(process_.Run([&] { CallTimes(function_, 100'000); }), 0);
  EXPECT_EQ(process_.error_output(), "");
  uint64_t recorded = process_.recorded_calls();
  EXPECT_EQ(recorded + Dropped(), 100'000u);
  EXPECT_THAT(recorded, Gt(3'000u));
  EXPECT_THAT(Dropped(), Gt(50'000u));
  // The first block, and what was in the window at the end.
  EXPECT_EQ(process_.Open()->blocks(1).size(), 2u);
  EXPECT_EQ(process_.events().back(), "1 leave 0 foo::f = 99999");
}

TEST_F(RateTest, CallsThatAreOpenOverAGapEnd) {
  ASSERT_EQ(process_.Run([&] {
    Call open(function_, {Word(1)});
    CallTimes(function_, 100'000);
    open.Return(2);
  }),
            0);
  std::vector<std::string> events = process_.events();
  EXPECT_EQ(events.front(), "1 enter 0 #0 foo::f(n: 1)");
  // The call inside of it may have been open, too.
  EXPECT_THAT(events, Not(Contains(HasSubstr(" unwound 0"))));
  EXPECT_EQ(events.back(), "1 leave 0 foo::f = 2");
  EXPECT_EQ(process_.recorded_calls() + Dropped(), 100'001u);
}

TEST_F(RateTest, AllThreadsShareIt) {
  constexpr int kThreads = 8;
  ASSERT_EQ(process_.Run([&] {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back([&] { CallTimes(function_, 50'000); });
    }
    for (std::thread& thread : threads) thread.join();
  }),
            0);
  EXPECT_EQ(process_.recorded_calls() + Dropped(), kThreads * 50'000u);
  auto reader = process_.Open();
  uint64_t blocks = 0;
  for (uint32_t thread = 1; thread <= kThreads; ++thread) blocks += reader->blocks(thread).size();
  // Besides one, those that windows held at the end; a thread may take over another one's window.
  EXPECT_GE(blocks, 2u);
  EXPECT_LE(blocks, kThreads + 1u);
}

TEST_F(RateTest, WhatIsSlowerIsWhole) {
  process_.Set("OMNITRACE_LIMITS", "rate=1G");
  ASSERT_EQ(process_.Run([&] { CallTimes(function_, 100'000); }), 0);
  EXPECT_EQ(process_.recorded_calls(), 100'000u);
  EXPECT_EQ(Dropped(), 0u);
}

TEST_F(RateTest, KeepLastHasNone) {
  process_.Set("OMNITRACE_LIMITS", "rate=1,keep=last");
  ASSERT_EQ(process_.Run([&] { CallTimes(function_, 20'000); }), 0);
  EXPECT_EQ(process_.recorded_calls(), 20'000u);
  EXPECT_EQ(Dropped(), 0u);
}

}  // namespace
}  // namespace omnitrace::testing
