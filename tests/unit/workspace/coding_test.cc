#include "runtime/workspace/coding.h"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace omnitrace {
namespace {

// Around every power of two, where the number of bytes changes.
std::vector<uint64_t> Boundaries() {
  std::vector<uint64_t> values = {0};
  for (int bit = 0; bit < 64; ++bit) {
    uint64_t power = uint64_t{1} << bit;
    values.insert(values.end(), {power - 1, power, power + 1});
  }
  values.push_back(std::numeric_limits<uint64_t>::max());
  return values;
}

std::string Encode(uint64_t value) {
  char buffer[kVarintSlack];
  return std::string(buffer, PutVarint(buffer, value));
}

TEST(Varint, ComesBackAtEveryBoundary) {
  for (uint64_t value : Boundaries()) {
    EXPECT_EQ(VarintSize(value), Encode(value).size());
    for (size_t padding : {0, 1, 8}) {  // a whole word behind it or not: two ways to load
      std::string bytes = Encode(value);
      size_t size = bytes.size();
      bytes.append(padding, '\xff');
      uint64_t decoded = ~value;
      const char* end = GetVarint(bytes.data(), bytes.data() + bytes.size(), &decoded);
      EXPECT_EQ(decoded, value);
      EXPECT_EQ(end, bytes.data() + size) << value;
    }
  }
}

TEST(Varint, TakesSevenBitsAByte) {
  for (int bytes = 1; bytes <= 8; ++bytes) {
    uint64_t most = (uint64_t{1} << (7 * bytes)) - 1;
    EXPECT_EQ(Encode(most).size(), static_cast<size_t>(bytes));
    EXPECT_EQ(Encode(most + 1).size(), static_cast<size_t>(bytes) + 1);
  }
  EXPECT_EQ(Encode(std::numeric_limits<uint64_t>::max()).size(), 9u);
}

TEST(Varint, CutAnywhereIsRefused) {
  for (uint64_t value : Boundaries()) {
    std::string bytes = Encode(value);
    for (size_t size = 0; size < bytes.size(); ++size) {
      uint64_t decoded;
      EXPECT_EQ(GetVarint(bytes.data(), bytes.data() + size, &decoded), nullptr) << value;
    }
  }
}

TEST(ZigZag, ComesBackAndKeepsSmallNumbersSmall) {
  for (uint64_t bits : Boundaries()) {
    int64_t value = static_cast<int64_t>(bits);
    EXPECT_EQ(UnZigZag(ZigZag(value)), value);
  }
  EXPECT_EQ(ZigZag(-1), 1u);
  EXPECT_EQ(ZigZag(1), 2u);
}

TEST(Checksum, SeesEveryFlippedBitAndEveryLength) {
  for (size_t size : {0, 1, 7, 8, 31, 32, 33, 100}) {
    std::string bytes(size, 'x');
    uint64_t sum = Checksum(bytes.data(), size, 7);
    EXPECT_NE(sum, Checksum(bytes.data(), size, 8));
    for (size_t bit = 0; bit < 8 * size; ++bit) {
      std::string flipped = bytes;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
      EXPECT_NE(sum, Checksum(flipped.data(), size, 7)) << "bit " << bit << " of " << size;
    }
    std::string longer = bytes + std::string(1, '\0');
    EXPECT_NE(sum, Checksum(longer.data(), longer.size(), 7));
  }
}

TEST(StartChecksum, CoversWhatNeverChangesAndNothingElse) {
  BlockHeader header = {};
  header.magic = kBlockMagic;
  header.thread = 3;
  uint32_t sum = StartChecksum(header);
  EXPECT_NE(sum, 0u);
  BlockHeader later = header;
  later.flags = kBlockSealed;
  later.length = 100;
  later.calls = 5;
  later.least_depth = 1;
  later.checksum = 77;
  EXPECT_EQ(StartChecksum(later), sum);
  later.start_depth = 1;
  EXPECT_NE(StartChecksum(later), sum);
}

}  // namespace
}  // namespace omnitrace
