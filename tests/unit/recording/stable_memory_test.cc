#include "runtime/recording/stable_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <memory>

#include "gtest/gtest.h"

namespace omnitrace::recording {
namespace {

uint64_t At(const void* place) { return reinterpret_cast<uint64_t>(place); }

class StableMemoryTest : public ::testing::Test {
 protected:
  StableMemoryTest() { FindStableMemory(); }
};

TEST_F(StableMemoryTest, TheProgramItself) {
  static int zeros[100'000];
  EXPECT_TRUE(IsStable(At("text"), 5));
  EXPECT_TRUE(IsStable(At(zeros), sizeof zeros));
  EXPECT_TRUE(IsStable(At(reinterpret_cast<void*>(&FindStableMemory)), 1));
}

TEST_F(StableMemoryTest, TheStackOfTheCallers) {
  int here = 0;
  EXPECT_TRUE(IsStable(At(&here), sizeof here));
  EXPECT_FALSE(IsStable(At(&here) - (1 << 20), 8));
}

// Sanitizers have another heap; what lies there is asked for.
TEST_F(StableMemoryTest, TheHeapUpToTheBreak) {
  auto* end = static_cast<char*>(sbrk(4096));
  ASSERT_NE(At(end), UINT64_MAX);
  EXPECT_TRUE(IsStable(At(end), 4096));
  EXPECT_FALSE(IsStable(At(end), 4097));
  sbrk(-4096);
  EXPECT_FALSE(IsStable(At(end), 1));
}

TEST_F(StableMemoryTest, WhatMayGoAway) {
  void* pages = mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  EXPECT_FALSE(IsStable(At(pages), 1));
  munmap(pages, 4096);
  EXPECT_FALSE(IsStable(0, 8));
  EXPECT_FALSE(IsStable(UINT64_MAX, 8));
  EXPECT_FALSE(IsStable(At("text"), UINT64_MAX));
}

}  // namespace
}  // namespace omnitrace::recording
