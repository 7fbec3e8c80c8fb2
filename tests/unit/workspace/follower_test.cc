// A workspace that is read behind its writer, who may do anything to it meanwhile.
#include "runtime/workspace/follower.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/workspace/coding.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::workspace {
namespace {

using ::omnitrace::testing::Signed;
using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::ElementsAre;

// Bytes that the test changes behind the follower's back. It may claim to be larger.
class SharedFile : public ByteSource {
 public:
  explicit SharedFile(std::string* bytes, uint64_t least_size = 0)
      : bytes_(bytes), least_size_(least_size) {}
  uint64_t size() const override { return std::max<uint64_t>(bytes_->size(), least_size_); }
  std::string name() const override { return "shared.omni"; }
  absl::StatusOr<size_t> ReadAt(uint64_t offset, char* out, size_t length) const override {
    return offset < bytes_->size() ? bytes_->copy(out, length, offset) : 0;
  }
  uint64_t NextData(uint64_t offset) const override {
    return offset < bytes_->size() ? offset : kNoData;
  }

 private:
  const std::string* const bytes_;
  const uint64_t least_size_;
};

class FollowerTest : public ::testing::Test {
 protected:
  FollowerTest() : function_(builder_.AddFunction("f", {{"n", builder_.Int()}})) {
    main_ = builder_.AddThread("main");
    builder_.Kill();
  }

  std::unique_ptr<Follower> Follow(uint64_t least_size = 0) {
    absl::StatusOr<std::unique_ptr<Follower>> follower = Follower::Open(
        std::make_unique<SharedFile>(&file_, least_size), Follower::From::kBeginning);
    return follower.ok() ? *std::move(follower) : nullptr;
  }

  // A block's header with the sum that it has to have.
  template <typename Change>
  void ChangeBlock(size_t slot, const Change& change) {
    BlockHeader header;
    memcpy(&header, &file_[slot * kBlockSize], sizeof(header));
    change(&header);
    header.magic = kBlockMagic;
    header.start_checksum = StartChecksum(header);
    memcpy(&file_[slot * kBlockSize], &header, sizeof(header));
  }
  size_t slots() const { return file_.size() / kBlockSize; }

  WorkspaceBuilder builder_;
  const uint32_t function_;
  uint32_t main_;
  std::string file_;
};

std::vector<uint64_t> TakeDepths(Follower* follower) {
  std::vector<uint64_t> depths;
  EXPECT_TRUE(follower->Refresh().ok());
  while (follower->Next()) depths.push_back(follower->event().depth);
  return depths;
}

TEST_F(FollowerTest, GivesWhatComes) {
  builder_.Enter(main_, function_, {Signed(0)});
  file_ = builder_.Build();
  std::unique_ptr<Follower> follower = Follow();
  EXPECT_THAT(TakeDepths(follower.get()), ElementsAre(0));
  EXPECT_THAT(TakeDepths(follower.get()), ElementsAre());
  builder_.Enter(main_, function_, {Signed(1)});
  builder_.Enter(main_, function_, {Signed(2)});
  file_ = builder_.Build();
  EXPECT_THAT(TakeDepths(follower.get()), ElementsAre(1, 2));
  EXPECT_EQ(follower->lost(), 0u);
}

TEST_F(FollowerTest, CountsWhatItLeavesOut) {
  for (int calls : {3, 2, 1}) {
    for (int i = 0; i < calls; ++i) builder_.Enter(main_, function_, {Signed(i)});
    if (calls > 1) builder_.SplitBlock(main_);
  }
  file_ = builder_.Build();
  std::unique_ptr<Follower> follower = Follow();
  ASSERT_TRUE(follower->Next());
  follower->SkipToLast();
  EXPECT_THAT(TakeDepths(follower.get()), ElementsAre(5));
  EXPECT_EQ(follower->lost(), 4u);
  // Of the last block nothing is left out.
  builder_.Enter(main_, function_, {Signed(7)});
  builder_.Enter(main_, function_, {Signed(8)});
  file_ = builder_.Build();
  EXPECT_TRUE(follower->Refresh().ok());
  follower->SkipToLast();
  EXPECT_THAT(TakeDepths(follower.get()), ElementsAre(6, 7));
  EXPECT_EQ(follower->lost(), 4u);
}

// Blocks that don't say whose they are don't count then.
TEST_F(FollowerTest, WhatIsLostNeverGetsLess) {
  for (int i = 0; i < 3; ++i) {
    builder_.Enter(main_, function_, {Signed(i)});
    if (i < 2) builder_.SplitBlock(main_);
  }
  file_ = builder_.Build();
  std::unique_ptr<Follower> follower = Follow();
  follower->SkipToLast();
  TakeDepths(follower.get());
  uint64_t lost = follower->lost();
  EXPECT_GT(lost, 0u);
  builder_.Property("keep", "last");
  file_ = builder_.Build();
  EXPECT_TRUE(follower->Refresh().ok());
  EXPECT_EQ(follower->lost(), lost);
}

TEST_F(FollowerTest, EndlessDescriptionsComeToAnEnd) {
  using omnitrace::testing::Joined, omnitrace::testing::Sized, omnitrace::testing::Varint;
  std::string object = Joined({Varint(1), Varint(1), Varint(9), Sized("a"), Sized("b")}).bytes;
  for (int i = 0; i < 1000; ++i)
    builder_.RawMetadata(static_cast<uint64_t>(MetadataRecord::kObject), object);
  file_ = builder_.Build();
  file_.resize(4 * kBlockSize);
  std::unique_ptr<Follower> follower = Follow();
  ASSERT_EQ(follower->reader().objects().size(), 1000u);
  auto go_on = [&] {
    for (int i = 0; i < 100; ++i) {
      ChangeBlock(1, [](BlockHeader* header) { ++header->sequence; });
      EXPECT_TRUE(follower->Refresh().ok());
    }
    return follower->reader().objects().size();
  };
  size_t most = go_on();
  EXPECT_GT(most, 1000u);
  EXPECT_EQ(go_on(), most);
}

TEST_F(FollowerTest, DescriptionsEndInAFileThatIsAllHoleToo) {
  using omnitrace::testing::Joined, omnitrace::testing::Sized, omnitrace::testing::Varint;
  constexpr size_t kPath = 40'000;
  std::string path(kPath, 'p');
  std::string object = Joined({Varint(1), Varint(1), Varint(9), Sized(path), Sized("b")}).bytes;
  builder_.RawMetadata(static_cast<uint64_t>(MetadataRecord::kObject), object);
  file_ = builder_.Build();
  file_.resize(4 * kBlockSize);
  std::unique_ptr<Follower> follower = Follow(uint64_t{1} << 40);
  ASSERT_EQ(follower->reader().objects().size(), 1u);
  size_t objects = 0;
  for (; objects < follower->reader().objects().size(); ++objects) {
    ChangeBlock(1, [](BlockHeader* header) { ++header->sequence; });
    // A block that is missing may have been moved meanwhile: it is looked for twice.
    for (int look = 0; look < 2; ++look) EXPECT_TRUE(follower->Refresh().ok());
  }
  EXPECT_GT(objects * kPath, size_t{63} << 20);
  EXPECT_LT(objects * kPath, size_t{65} << 20);
}

// What the blocks say of themselves is damaged, and the sums are right.
TEST_F(FollowerTest, TakesAnything) {
  for (int block = 0; block < 8; ++block) {
    for (int i = 0; i < 100; ++i) {
      builder_.Enter(main_, function_, {Signed(i)});
      if (i % 3 == 0) builder_.Leave(main_);
    }
    builder_.SplitBlock(main_);
  }
  const std::string good = builder_.Build();
  std::mt19937 chance(5);
  for (int round = 0; round < 300; ++round) {
    file_ = good;
    file_.resize((good.size() / kBlockSize + 1) * kBlockSize);
    std::unique_ptr<Follower> follower = Follow();
    ASSERT_NE(follower, nullptr);
    for (int look = 0; look < 10; ++look) {
      size_t slot = 1 + chance() % (slots() - 1);
      ChangeBlock(slot, [&](BlockHeader* header) {
        auto* bytes = reinterpret_cast<char*>(header);
        bytes[chance() % sizeof(*header)] = static_cast<char>(chance());
      });
      for (int i = 0; i < 8; ++i)
        file_[slot * kBlockSize + sizeof(BlockHeader) + chance() % 200] =
            static_cast<char>(chance());
      // A block has fewer events than bytes.
      size_t most = 2 * file_.size();
      EXPECT_TRUE(follower->Refresh().ok());
      while (follower->Next()) ASSERT_GT(most--, 0u);
    }
  }
}

}  // namespace
}  // namespace omnitrace::workspace
