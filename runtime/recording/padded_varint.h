// A varint in more bytes than it needs, for a number that is known only when the bytes behind it
// stand. Readers cannot tell the difference.
#ifndef OMNITRACE_RUNTIME_RECORDING_PADDED_VARINT_H_
#define OMNITRACE_RUNTIME_RECORDING_PADDED_VARINT_H_

#include <cstddef>
#include <cstdint>

namespace omnitrace::recording {

// The largest number that fits; `bytes` is 1..8.
constexpr uint64_t MostOfPaddedVarint(size_t bytes) { return (uint64_t{1} << (7 * bytes)) - 1; }

inline void PutPaddedVarint(char* out, size_t bytes, uint64_t value) {
  uint64_t word = value << bytes | uint64_t{1} << (bytes - 1);
  for (size_t i = 0; i < bytes; ++i) out[i] = static_cast<char>(word >> (8 * i));
}

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_PADDED_VARINT_H_
