#include "runtime/recording/program_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include "gtest/gtest.h"
#include "runtime/recording/stable_memory.h"

namespace omnitrace::recording {
namespace {

class ProgramMemoryTest : public ::testing::Test {
 protected:
  ProgramMemoryTest() { FindStableMemory(); }

  char scratch_[4096];
  ProgramMemory memory_{scratch_, sizeof scratch_, ProgramMemory::kMostReads,
                        static_cast<uint64_t>(gettid())};
};

TEST_F(ProgramMemoryTest, OwnedPagesAreReadInPlaceIfAllAreThere) {
  void* pages = mmap(nullptr, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  auto start = reinterpret_cast<uint64_t>(pages);
  EXPECT_EQ(memory_.Get(start + 4090, 20, Trust::kOwned).bytes, static_cast<char*>(pages) + 4090);
  mprotect(static_cast<char*>(pages) + 4096, 4096, PROT_NONE);
  ProgramMemory later(scratch_, sizeof scratch_, ProgramMemory::kMostReads,
                      static_cast<uint64_t>(gettid()));
  EXPECT_EQ(later.Get(start + 4090, 20, Trust::kOwned).bytes, nullptr);
  EXPECT_EQ(later.Get(start + 4090, 6, Trust::kOwned).bytes, static_cast<char*>(pages) + 4090);
  EXPECT_EQ(later.Get(start + 4090, 6, Trust::kNone).bytes, scratch_);
  munmap(pages, 8192);
}

// An empty text may point to where memory ends.
TEST_F(ProgramMemoryTest, NothingSaysNothingOfItsPage) {
  auto end = reinterpret_cast<uint64_t>(sbrk(4096)) + 4096;
  memory_.Get(end, 0, Trust::kOwned);
  EXPECT_EQ(memory_.Get(end - 8, 16, Trust::kOwned).bytes, nullptr);
  EXPECT_NE(memory_.Get(end - 8, 8, Trust::kOwned).bytes, nullptr);
  sbrk(-4096);
}

TEST_F(ProgramMemoryTest, ProbesAreCounted) {
  size_t pages = ProgramMemory::kMostProbes + 1;
  void* memory = mmap(nullptr, pages * 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  auto start = reinterpret_cast<uint64_t>(memory);
  for (size_t i = 0; i + 1 < pages; ++i) {
    EXPECT_TRUE(memory_.Get(start + i * 4096, 8, Trust::kOwned).trusted) << i;
  }
  EXPECT_FALSE(memory_.Get(start + (pages - 1) * 4096, 8, Trust::kOwned).trusted);
  munmap(memory, pages * 4096);
}

}  // namespace
}  // namespace omnitrace::recording
