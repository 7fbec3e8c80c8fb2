// The bytes of numbers in a workspace. A varint's length stands in its first byte as the number of
// trailing zero bits, so that both directions are one shift and one unaligned 8-byte access:
//   n = 1..8 bytes: value << n | 1 << (n - 1), n * 7 bits of value
//   n = 9 bytes:    a zero byte, then 8 bytes of value
// LEB128 was rejected: a branch per byte cost 2 ns per argument where this costs half of one.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_CODING_H_
#define OMNITRACE_RUNTIME_WORKSPACE_CODING_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "runtime/workspace/format.h"

namespace omnitrace {

// A writer must have this many bytes of room behind its cursor: PutVarint stores whole words.
inline constexpr size_t kVarintSlack = 9;

inline char* PutVarint(char* out, uint64_t value) {
  unsigned top_bit = 63 ^ static_cast<unsigned>(__builtin_clzll(value | 1));
  unsigned more = top_bit * 37 >> 8;  // bytes behind the first one: the top bit's number over 7
  if (__builtin_expect(more > 7, 0)) {
    *out = 0;
    memcpy(out + 1, &value, 8);
    return out + 9;
  }
  uint64_t word = (value << 1 | 1) << more;
  memcpy(out, &word, 8);
  return out + more + 1;
}

// The bytes that PutVarint makes of a value.
inline size_t VarintSize(uint64_t value) {
  unsigned top_bit = 63 ^ static_cast<unsigned>(__builtin_clzll(value | 1));
  unsigned more = top_bit * 37 >> 8;
  return more > 7 ? 9 : more + 1;
}

// Returns the byte after the varint, or null when [in, end) does not hold a whole one.
inline const char* GetVarint(const char* in, const char* end, uint64_t* value) {
  if (in >= end) return nullptr;
  unsigned char first = static_cast<unsigned char>(*in);
  unsigned bytes = first == 0 ? 9 : static_cast<unsigned>(__builtin_ctz(first)) + 1;
  if (static_cast<size_t>(end - in) < bytes) return nullptr;
  if (bytes == 9) {
    memcpy(value, in + 1, 8);
    return in + 9;
  }
  uint64_t word = 0;
  if (static_cast<size_t>(end - in) >= 8) {
    memcpy(&word, in, 8);
  } else {
    memcpy(&word, in, bytes);
  }
  uint64_t mask = bytes == 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * bytes)) - 1;
  *value = (word & mask) >> bytes;
  return in + bytes;
}

inline uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}
inline int64_t UnZigZag(uint64_t value) {
  return static_cast<int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

// Detects damage, not malice: four interleaved multiply-and-rotate lanes over 8-byte words (about
// 20 GB/s, 3 microseconds a block; a bytewise CRC would cost 10 ns per call). A flipped bit in any
// one word always changes the sum, because every step is a bijection of its lane. The lanes are
// named one by one: of an array of them GCC keeps every step in memory, which takes twice as long.
inline uint64_t Checksum(const void* data, size_t size, uint64_t seed) {
  constexpr uint64_t kPrime = 0x9e3779b97f4a7c15;
  uint64_t first = seed ^ kPrime, second = seed + kPrime;
  uint64_t third = seed ^ (kPrime << 1 | 1), fourth = size;
  const char* in = static_cast<const char*>(data);
  auto word = [](const char* at) {
    uint64_t value;
    memcpy(&value, at, 8);
    return value;
  };
  auto mix = [](uint64_t lane, uint64_t word) {
    lane = (lane ^ word) * kPrime;
    return lane << 29 | lane >> 35;
  };
  size_t left = size;
  for (; left >= 32; left -= 32, in += 32) {
    first = mix(first, word(in));
    second = mix(second, word(in + 8));
    third = mix(third, word(in + 16));
    fourth = mix(fourth, word(in + 24));
  }
  uint64_t lanes[4] = {first, second, third, fourth};
  for (int i = 0; left > 0; ++i) {
    size_t part = left < 8 ? left : 8;
    uint64_t last = 0;
    memcpy(&last, in, part);
    lanes[i] = mix(lanes[i], last);
    in += part;
    left -= part;
  }
  uint64_t sum = 0;
  for (uint64_t lane : lanes) sum = mix(sum, lane);
  return sum;
}

// Of what a block's header says from its first moment on, which a live window has too: everything
// before `least_depth` but the flags. Never 0.
inline uint32_t StartChecksum(const BlockHeader& header) {
  char fixed[offsetof(BlockHeader, least_depth)];
  memcpy(fixed, &header, sizeof(fixed));
  fixed[offsetof(BlockHeader, flags)] = 0;
  return static_cast<uint32_t>(Checksum(fixed, sizeof(fixed), 0)) | 1;
}

}  // namespace omnitrace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_CODING_H_
