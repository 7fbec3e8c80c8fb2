// What recording does to processes and their files: threads, forks, deaths, signals, full disks.
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/recording/described_program.h"
#include "tests/unit/recording/traced_process.h"

extern char** environ;

namespace omnitrace::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ProcessesTest : public ::testing::Test {
 protected:
  TracedFunction outer_{"foo::outer", {ByValue("n", Int())}, Int()};
  TracedFunction inner_{"foo::inner", {ByValue("n", Int())}, Int()};
  TracedProcess process_;
};

TEST_F(ProcessesTest, ShortLivedThreadsShareWindows) {
  constexpr int kThreads = 64;
  ASSERT_EQ(process_.Run([&] {
    for (int i = 0; i < kThreads; ++i) std::thread([&] { CallTimes(inner_, 3); }).join();
  }),
            0);
  EXPECT_THAT(process_.events(), SizeIs(kThreads * 6));
  auto reader = process_.Open();
  EXPECT_THAT(reader->threads(), SizeIs(kThreads));
  std::set<uint64_t> windows;
  for (const workspace::Thread& thread : reader->threads()) {
    for (const workspace::Block& block : reader->blocks(thread.index)) {
      if (block.window) windows.insert(block.offset);
    }
  }
  // A thread that was joined may be seen alive a moment longer.
  EXPECT_LT(windows.size(), 10u);
}

TEST_F(ProcessesTest, ThreadsAtOnceHaveTheirOwnStreams) {
  constexpr int kThreads = 8, kCalls = 5000;
  ASSERT_EQ(process_.Run([&] {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) threads.emplace_back([&] { CallTimes(inner_, kCalls); });
    for (std::thread& thread : threads) thread.join();
  }),
            0);
  EXPECT_THAT(process_.events(), SizeIs(kThreads * kCalls * 2));
  EXPECT_THAT(process_.Open()->functions(), SizeIs(1));
}

TEST_F(ProcessesTest, AForkedChildHasAWorkspaceOfItsOwn) {
  ASSERT_EQ(process_.Run([&] {
    Call call(outer_, {Word(1)});
    pid_t child = fork();
    if (child == 0) {
      CallTimes(inner_, 2);
      // Entered in the parent: none of the child's business.
      call.Return(5);
      exit(0);
    }
    waitpid(child, nullptr, 0);
    CallTimes(inner_, 1);
    call.Return(6);
  }),
            0);
  std::vector<std::string> files = process_.workspaces();
  ASSERT_THAT(files, SizeIs(2));
  bool first_is_parent = files[0].find("." + std::to_string(process_.pid()) + ".") != files[0].npos;
  std::string parent = files[first_is_parent ? 0 : 1], child = files[first_is_parent ? 1 : 0];
  EXPECT_THAT(process_.events(parent),
              ElementsAre("1 enter 0 #0 foo::outer(n: 1)", "1 enter 1 #1 foo::inner(n: 0)",
                          "1 leave 1 foo::inner = 0", "1 leave 0 foo::outer = 6"));
  EXPECT_THAT(process_.events(child),
              ElementsAre("1 enter 0 #0 foo::inner(n: 0)", "1 leave 0 foo::inner = 0",
                          "1 enter 0 #1 foo::inner(n: 1)", "1 leave 0 foo::inner = 1"));
}

TEST_F(ProcessesTest, AForkWhileThreadsRecordLeavesTheParentWhole) {
  constexpr int kForks = 20;
  ASSERT_EQ(process_.Run([&] {
    std::atomic<bool> stop{false};
    std::thread busy([&] {
      while (!stop) CallTimes(inner_, 100);
    });
    for (int i = 0; i < kForks; ++i) {
      pid_t child = fork();
      if (child == 0) {
        CallTimes(outer_, 1);
        _exit(0);
      }
      int status = 0;
      waitpid(child, &status, 0);
      if (status != 0) abort();
    }
    stop = true;
    busy.join();
  }),
            0);
  std::vector<std::string> files = process_.workspaces();
  EXPECT_THAT(files, SizeIs(kForks + 1));
  for (const std::string& file : files) process_.events(file);
}

TEST_F(ProcessesTest, SpawnedAndVforkedChildrenDoNotDisturb) {
  ASSERT_EQ(process_.Run([&] {
    Call call(outer_, {Word(1)});
    pid_t child = 0;
    const char* arguments[] = {"true", nullptr};
    posix_spawnp(&child, "true", nullptr, nullptr, const_cast<char**>(arguments), environ);
    waitpid(child, nullptr, 0);
    CallTimes(inner_, 1);
    call.Return(2);
  }),
            0);
  EXPECT_THAT(process_.events(), SizeIs(4));
}

TEST_F(ProcessesTest, OpenCallsCanBeReadAfterEveryDeath) {
  std::vector<std::pair<const char*, std::function<void()>>> deaths = {
      {"kill -9", [] { kill(getpid(), SIGKILL); }},
      {"abort", [] { abort(); }},
      {"_exit", [] { _exit(0); }},
      {"quick_exit", [] { quick_exit(0); }},
      {"exit", [] { exit(0); }},
      {"SIGSEGV", [] { raise(SIGSEGV); }},
  };
  for (const auto& [name, die] : deaths) {
    SCOPED_TRACE(name);
    TracedProcess process;
    process.Run([&] {
      signal(SIGSEGV, SIG_DFL);
      Call call(outer_, {Word(1)});
      CallTimes(inner_, 1);
      Call last(inner_, {Word(7)});
      die();
    });
    EXPECT_THAT(process.events(),
                ElementsAre("1 enter 0 #0 foo::outer(n: 1)", "1 enter 1 #1 foo::inner(n: 0)",
                            "1 leave 1 foo::inner = 0", "1 enter 1 #2 foo::inner(n: 7)"));
    bool exited = std::string(name) == "exit";
    EXPECT_EQ(process.Open()->info().end, exited ? EndState::kExited : EndState::kRunning);
  }
}

TEST_F(ProcessesTest, KilledAtAnyMomentTheFileIsSound) {
  for (int delay = 0; delay < 12; ++delay) {
    SCOPED_TRACE(delay);
    TracedProcess process;
    process.Run([&] {
      // The number of blocks differs, so that some deaths hit an append.
      CallTimes(inner_, 1);
      pid_t killer = getpid();
      std::thread([killer, delay] {
        Spend(std::chrono::nanoseconds(1'000'000 + delay * 777'777));
        kill(killer, SIGKILL);
      }).detach();
      std::string text(1000, 'x');
      TracedFunction wide("foo::wide", {InMemory("text", StringType())});
      while (true) Call(wide, {At(text)});
    });
    std::vector<std::string> events = process.events();
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events[0], "1 enter 0 #0 foo::inner(n: 0)");
  }
}

TEST_F(ProcessesTest, RecordingGoesOnInDestructorsAndAtExit) {
  static TracedFunction* function;
  function = &inner_;
  ASSERT_EQ(process_.Run([&] {
    std::atexit([] { CallTimes(*function, 1); });
    struct AtThreadEnd {
      ~AtThreadEnd() { CallTimes(*function, 1); }
    };
    std::thread([] {
      thread_local AtThreadEnd at_end;
      (void)at_end;
      CallTimes(*function, 1);
    }).join();
  }),
            0);
  EXPECT_THAT(process_.events(), SizeIs(6));
}

// A handler's call in the middle of a record is dropped and counted; between records it nests.
TEST_F(ProcessesTest, SignalHandlersNeverBreakTheStream) {
  static TracedFunction* function;
  function = &inner_;
  ASSERT_EQ(process_.Run([&] {
    struct sigaction action = {};
    action.sa_handler = [](int) { CallTimes(*function, 1); };
    sigaction(SIGALRM, &action, nullptr);
    itimerval timer = {{0, 50}, {0, 50}};
    setitimer(ITIMER_REAL, &timer, nullptr);
    CallTimes(outer_, 100'000);
    timer = {};
    setitimer(ITIMER_REAL, &timer, nullptr);
  }),
            0);
  // The last signal may come after the last call, so the order is that of foo::outer alone.
  int left = 0;
  for (const std::string& event : process_.events())
    if (event == "1 leave 0 foo::outer = " + std::to_string(left)) ++left;
  EXPECT_EQ(left, 100'000);
}

// The handler's calls begin another block, wherever it interrupts a call of the program.
TEST_F(ProcessesTest, SignalHandlersMayFillBlocks) {
  static TracedFunction* function;
  function = &inner_;
  static volatile int signals;
  ASSERT_EQ(process_.Run([&] {
    struct sigaction action = {};
    action.sa_handler = [](int) {
      CallTimes(*function, 6'000);
      signals = signals + 1;
    };
    sigaction(SIGALRM, &action, nullptr);
    itimerval timer = {{0, 500}, {0, 500}};
    setitimer(ITIMER_REAL, &timer, nullptr);
    while (signals < 100) CallTimes(outer_, 1);
    timer = {};
    setitimer(ITIMER_REAL, &timer, nullptr);
  }),
            0);
  std::vector<std::string> events = process_.events();
  auto is_entry = [](const std::string& event) {
    return event.starts_with("1 enter 0 ") && event.ends_with(" foo::outer(n: 0)");
  };
  EXPECT_EQ(std::count_if(events.begin(), events.end(), is_entry),
            std::count(events.begin(), events.end(), "1 leave 0 foo::outer = 0"));
}

sigjmp_buf jump_target;

TEST_F(ProcessesTest, AHandlerMayJumpOutOfARecord) {
  ASSERT_EQ(process_.Run([&] {
    struct sigaction action = {};
    action.sa_handler = [](int) { siglongjmp(jump_target, 1); };
    sigaction(SIGALRM, &action, nullptr);
    for (int i = 0; i < 20; ++i) {
      itimerval timer = {{0, 0}, {0, 200 + i}};
      Call call(outer_, {Word(i)});
      if (sigsetjmp(jump_target, 1) == 0) {
        setitimer(ITIMER_REAL, &timer, nullptr);
        while (true) CallTimes(inner_, 1000);
      }
      call.Return(i);
    }
    CallTimes(inner_, 1);
  }),
            0);
  std::vector<std::string> events = process_.events();
  EXPECT_EQ(events.back(), "1 leave 0 foo::inner = 0");
  EXPECT_EQ(std::count(events.begin(), events.end(), "1 leave 0 foo::outer = 19"), 1);
}

TEST_F(ProcessesTest, ErrnoStaysThePrograms) {
  ASSERT_EQ(process_.Run([&] {
    errno = 77;
    CallTimes(inner_, 50'000);
    if (errno != 77) abort();
  }),
            0);
}

TEST_F(ProcessesTest, AProgramThatClosesEveryDescriptorKeepsItsFiles) {
  ASSERT_EQ(process_.Run([&] {
    CallTimes(inner_, 1);
    for (int descriptor = 3; descriptor < 1024; ++descriptor) close(descriptor);
    std::vector<int> own;
    for (int i = 0; i < 1000; ++i) own.push_back(open("own", O_RDWR | O_CREAT, 0600));
    CallTimes(inner_, 50'000);
    struct stat status;
    if (stat("own", &status) != 0 || status.st_size != 0) abort();
  }),
            0);
}

TEST_F(ProcessesTest, LowDescriptorsAreLeftToTheProgram) {
  ASSERT_EQ(process_.Run([&] {
    int before = dup(0);
    close(before);
    CallTimes(inner_, 1);
    int after = dup(0);
    if (before != after) abort();
  }),
            0);
  EXPECT_THAT(process_.events(), SizeIs(2));
}

// Everything before the file size limit is kept, SIGXFSZ is never sent, the program goes on.
TEST_F(ProcessesTest, AFileSizeLimitStopsRecordingOnly) {
  ASSERT_EQ(process_.Run([&] {
    rlimit limit = {512 * 1024, 512 * 1024};
    setrlimit(RLIMIT_FSIZE, &limit);
    Call call(outer_, {Word(1)});
    CallTimes(inner_, 200'000);
    call.Return(3);
  }),
            0);
  std::vector<std::string> events = process_.events();
  EXPECT_GT(events.size(), 40'000u);
  EXPECT_EQ(events.back(), "1 leave 0 foo::outer = 3");
  auto reader = process_.Open();
  EXPECT_EQ(reader->info().end, EndState::kStopped);
  EXPECT_EQ(Dropped(*reader, DropReason::kSize) + (events.size() - 2) / 2, 200'000u);
  EXPECT_THAT(process_.error_output(), HasSubstr(" calls were not recorded: "));
  std::string line = process_.error_output();
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

// Also the first call of a thread that waits for a window while another one finds the file full.
TEST_F(ProcessesTest, WhateverThreadsFindWhenTheFileIsFullIsCounted) {
  constexpr int kThreads = 16, kCalls = 10'000;
  process_.Set("OMNITRACE_LIMITS", "size=256K");
  ASSERT_EQ(process_.Run([&] {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) threads.emplace_back([&] { CallTimes(inner_, kCalls); });
    for (std::thread& thread : threads) thread.join();
  }),
            0);
  auto reader = process_.Open();
  uint64_t left_out = Dropped(*reader, DropReason::kSize) + Dropped(*reader, DropReason::kNoWindow);
  EXPECT_EQ(process_.events().size() / 2 + left_out, uint64_t{kThreads * kCalls});
}

// Needs the right to mount; the file size limit above covers the rest.
TEST_F(ProcessesTest, AFullDiskStopsRecordingOnly) {
  std::string disk = process_.directory() + "/disk";
  mkdir(disk.c_str(), 0700);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) GTEST_SKIP() << "cannot mount";
  process_.Set("OMNITRACE_OUT", "disk/").Set("OMNITRACE_LIMITS", "size=1G");
  int status = process_.Run([&] {
    Call call(outer_, {Word(1)});
    CallTimes(inner_, 200'000);
    std::thread([&] { CallTimes(inner_, 100); }).join();
    call.Return(3);
  });
  EXPECT_EQ(status, 0);
  EXPECT_THAT(process_.events(), SizeIs(::testing::Gt(100'000u)));
  EXPECT_EQ(process_.Open()->info().end, EndState::kStopped);
  EXPECT_THAT(process_.error_output(), HasSubstr(" calls were not recorded: "));
  umount(disk.c_str());
}

TEST_F(ProcessesTest, ADirectoryThatCannotBeWrittenGivesOneLine) {
  process_.Set("OMNITRACE_OUT", "/proc/nowhere/file.omni");
  ASSERT_EQ(process_.Run([&] {
    CallTimes(inner_, 10);
    std::thread([&] { CallTimes(inner_, 10); }).join();
  }),
            0);
  EXPECT_THAT(process_.workspaces(), IsEmpty());
  EXPECT_EQ(process_.error_output(),
            "omnitrace: /proc/nowhere/file.omni: No such file or directory; set OMNITRACE_OUT to a "
            "place that can be written; the program runs untraced\n");
}

}  // namespace
}  // namespace omnitrace::testing
