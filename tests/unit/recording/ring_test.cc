// keep=last: the latest calls are in the file, and every other one is counted.
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/recording/described_program.h"
#include "tests/unit/recording/traced_process.h"

namespace omnitrace::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::Not;
using ::testing::SizeIs;

// Runs it in a thread, and waits until the kernel has forgotten that, which may be after its join:
// before, its log isn't free, and the next thread needs a window more.
void RunThread(const std::function<void()>& body) {
  pid_t tid = 0;
  std::thread([&] {
    tid = gettid();
    body();
  }).join();
  while (tgkill(getpid(), tid, 0) == 0) sched_yield();
}

class RingTest : public ::testing::Test {
 protected:
  RingTest() { process_.Set("OMNITRACE_LIMITS", "keep=last"); }

  // Runs it, and checks that of `calls` calls each is in the file or counted as overwritten.
  // Returns how many are in the file.
  uint64_t Run(uint64_t calls, const std::function<void()>& body) {
    EXPECT_EQ(process_.Run(body), 0);
    EXPECT_EQ(process_.error_output(), "");
    uint64_t recorded = process_.recorded_calls();
    EXPECT_EQ(recorded + Dropped(*process_.Open(), DropReason::kOverwritten), calls);
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
    for (int i = 0; i < kThreads; ++i) RunThread([&] { CallTimes(function_, kCalls); });
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

TEST_F(RingTest, ASmallFileKeepsTheLatestCalls) {
  for (uint64_t kilobytes : {256, 512, 1024}) {
    SCOPED_TRACE(kilobytes);
    process_.Set("OMNITRACE_LIMITS", "keep=last,size=" + std::to_string(kilobytes) + "K");
    Run(100'000, [&] { CallTimes(function_, 100'000); });
    EXPECT_EQ(process_.events().back(), "1 leave 0 foo::f = 99999");
    EXPECT_EQ(process_.Open()->info().end, EndState::kExited);
    EXPECT_LE(process_.Open()->info().bytes, kilobytes * 1024);
    std::filesystem::remove(process_.workspaces().at(0));
  }
}

TEST_F(RingTest, AFileSizeLimitKeepsTheLatestCalls) {
  Run(200'000, [&] {
    rlimit limit = {512 * 1024, 512 * 1024};
    setrlimit(RLIMIT_FSIZE, &limit);
    CallTimes(function_, 200'000);
  });
  EXPECT_EQ(process_.events().back(), "1 leave 0 foo::f = 199999");
}

// Needs the right to mount; the file size limit above covers the rest.
TEST_F(RingTest, AFullDiskKeepsTheLatestCalls) {
  std::string disk = process_.directory() + "/disk";
  mkdir(disk.c_str(), 0700);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) GTEST_SKIP() << "cannot mount";
  process_.Set("OMNITRACE_OUT", "disk/").Set("OMNITRACE_LIMITS", "keep=last,size=1G");
  Run(200'000, [&] { CallTimes(function_, 200'000); });
  EXPECT_EQ(process_.events().back(), "1 leave 0 foo::f = 199999");
  umount(disk.c_str());
}

TEST_F(RingTest, WhereDescriptionsHaveNoRoomOtherFunctionsGoOn) {
  process_.Set("OMNITRACE_LIMITS", "keep=last,size=256K");
  std::string name(4000, 'f');
  std::vector<std::unique_ptr<TracedFunction>> functions;
  for (int i = 0; i < 100; ++i) functions.push_back(std::make_unique<TracedFunction>(name.c_str()));
  ASSERT_EQ(process_.Run([&] {
    for (auto& function : functions) CallTimes(*function, 10);
    CallTimes(function_, 1);
    CallTimes(*functions[0], 10'000);
  }),
            0);
  uint64_t left_out = Dropped(*process_.Open(), DropReason::kSize);
  EXPECT_THAT(left_out, Gt(500u));
  EXPECT_EQ(
      process_.recorded_calls() + Dropped(*process_.Open(), DropReason::kOverwritten) + left_out,
      11'001u);
  EXPECT_EQ(process_.events().back(), "1 leave 0 " + name + " = void");
  EXPECT_THAT(process_.error_output(), AllOf(HasSubstr(" calls were not recorded: "),
                                             HasSubstr("size=BYTES"), Not(HasSubstr("keep=last"))));
}

// Their records fill the metadata.
TEST_F(RingTest, OfManyThreadsTheLatestCallsAreKept) {
  constexpr int kThreads = 10'000;
  process_.Set("OMNITRACE_LIMITS", "keep=last,size=512K");
  uint64_t recorded = Run(kThreads, [&] {
    for (int i = 0; i < kThreads; ++i) {
      RunThread([&] {
        prctl(PR_SET_NAME, "a long name too");
        CallTimes(function_, 1);
      });
    }
  });
  EXPECT_THAT(recorded, Gt(3u));
  auto reader = process_.Open();
  EXPECT_EQ(reader->threads().back().index, uint32_t{kThreads});
  EXPECT_THAT(reader->threads(), SizeIs(Lt(size_t{kThreads})));
  EXPECT_THAT(reader->blocks(kThreads), SizeIs(1));
}

// Threads whose calls are all too short leave empty blocks.
TEST_F(RingTest, EmptyBlocksOverwriteNothing) {
  process_.Set("OMNITRACE_LIMITS", "keep=last,min=50ms");
  ASSERT_EQ(process_.Run([&] {
    RunThread([&] {
      Call call(function_, {Word(1)});
      usleep(60'000);
    });
    for (int i = 0; i < 200; ++i) RunThread([&] { CallTimes(function_, 1); });
  }),
            0);
  EXPECT_THAT(process_.events(), Contains(HasSubstr("enter 0 #0 foo::f(n: 1)")));
  EXPECT_EQ(Dropped(*process_.Open(), DropReason::kOverwritten), 0u);
}

}  // namespace
}  // namespace omnitrace::testing
