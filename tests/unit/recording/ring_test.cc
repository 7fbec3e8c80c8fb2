// keep=last: the latest calls are in the file, and every other one is counted.
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/recording/described_program.h"
#include "tests/unit/recording/traced_process.h"

namespace omnitrace::testing {
namespace {

using ::testing::Gt;
using ::testing::SizeIs;

class RingTest : public ::testing::Test {
 protected:
  RingTest() { process_.Set("OMNITRACE_LIMITS", "keep=last"); }

  // Runs it, and checks that of `calls` calls each is in the file or counted as overwritten, as the
  // only reason. Returns how many are in the file.
  uint64_t Run(uint64_t calls, const std::function<void()>& body) {
    EXPECT_EQ(process_.Run(body), 0);
    EXPECT_EQ(process_.error_output(), "");
    uint64_t recorded = 0, dropped = 0;
    for (const std::string& event : process_.events()) {
      if (event.find(" enter ") != event.npos) ++recorded;
    }
    auto reader = process_.Open();
    for (const workspace::Drop& drop : reader->info().drops) {
      EXPECT_EQ(drop.reason, DropReason::kOverwritten);
      dropped += drop.calls;
    }
    EXPECT_EQ(recorded + dropped, calls);
    return recorded;
  }

  TracedFunction function_{"foo::f", {ByValue("n", Int())}, Int()};
  TracedProcess process_;
};

TEST_F(RingTest, TheLastMegabyteIsKept) {
  uint64_t recorded = Run(1'000'000, [&] { CallTimes(function_, 1'000'000); });
  EXPECT_THAT(recorded, Gt(17u * 3'000));
  auto reader = process_.Open();
  EXPECT_LT(reader->info().bytes, 2u << 20);
  EXPECT_GT(reader->info().bytes, 1u << 20);
  EXPECT_THAT(reader->blocks(1), SizeIs(17));
  EXPECT_EQ(process_.events().back(), "1 leave 0 foo::f = 999999");
}

TEST_F(RingTest, WhatIsNotYetOverwrittenIsNotCounted) {
  EXPECT_EQ(Run(10'000, [&] { CallTimes(function_, 10'000); }), 10'000u);
}

// Their blocks are overwritten by other threads that take their window over.
TEST_F(RingTest, CallsOfThreadsThatLeftNoBlockAreCounted) {
  constexpr int kThreads = 200, kCalls = 10;
  Run(kThreads * kCalls, [&] {
    for (int i = 0; i < kThreads; ++i) std::thread([&] { CallTimes(function_, kCalls); }).join();
  });
  auto reader = process_.Open();
  EXPECT_THAT(reader->threads(), SizeIs(kThreads));
  EXPECT_THAT(reader->blocks(1), SizeIs(0));
  EXPECT_THAT(reader->blocks(kThreads), SizeIs(1));
}

TEST_F(RingTest, OpenCallsAreCountedOnce) {
  Run(300'001, [&] {
    Call open(function_, {Word(1)});
    CallTimes(function_, 300'000);
    open.Return(2);
  });
  EXPECT_EQ(process_.events().back(), "1 leave 0 foo::f = 2");
}

}  // namespace
}  // namespace omnitrace::testing
