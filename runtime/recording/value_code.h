// The short way to put a call's values: what of eight bytes each goes into a record, in one number
// per function. Its bytes, the lowest first, are the parameters' codes, up to a zero.
#ifndef OMNITRACE_RUNTIME_RECORDING_VALUE_CODE_H_
#define OMNITRACE_RUNTIME_RECORDING_VALUE_CODE_H_

#include <cstdint>

#include "runtime/recording/simple_value.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/description.h"
#include "runtime/workspace/format.h"

namespace omnitrace::recording {

inline constexpr uint32_t kMostCodes = 8;

// The high bits of a code. In the low ones: of a number, the bits to shift out; else how many
// bytes.
inline constexpr uint8_t kCodeUnsigned = 0x40;
inline constexpr uint8_t kCodeSigned = 0x80;
inline constexpr uint8_t kCodeBytes = 0xc0;
inline constexpr uint8_t kCodeLow = 0x3f;

// 0 when the type takes the long way.
inline uint8_t CodeOf(const Type& type) {
  if (!IsSimple(&type)) return 0;
  if (IsRaw(type)) return type.size <= 8 ? static_cast<uint8_t>(kCodeBytes | type.size) : 0;
  if (IsVarint(type)) {
    uint8_t kind = IsSigned(type) ? kCodeSigned : kCodeUnsigned;
    return static_cast<uint8_t>(kind | ((64 - 8 * type.size) & kCodeLow));
  }
  bool address = type.kind == TypeKind::kFunctionPointer ||
                 (type.kind == TypeKind::kPointer && type.element == nullptr);
  return address ? kCodeUnsigned : 0;
}

// False when an argument takes the long way, or there are too many. Those with codes lie in the
// argument block one behind the other, eight bytes each.
inline bool FindCodes(const Site& site, uint64_t* codes) {
  *codes = 0;
  if ((site.flags & kFunctionSizedArguments) != 0 || site.parameter_count > kMostCodes)
    return false;
  for (uint32_t i = 0; i < site.parameter_count; ++i) {
    const Parameter& parameter = site.parameters[i];
    if (parameter.type == nullptr || (parameter.flags & kParameterIndirect) != 0) return false;
    uint64_t code = CodeOf(*parameter.type);
    if (code == 0 || parameter.offset != i * 8) return false;
    *codes |= code << (i * 8);
  }
  return true;
}

// Site::head: up to five bytes that every entry of the function begins with, the result's code, and
// in the highest byte how many they are.
inline constexpr unsigned kHeadResult = 48;
inline constexpr unsigned kHeadSize = 56;

// The code of no result.
inline constexpr uint8_t kCodeNone = kCodeBytes;

// `coded`: returns may take the short way.
inline uint64_t HeadOf(const Site& site, uint64_t id, bool coded) {
  char bytes[kVarintSlack] = {};
  const char* end = PutVarint(bytes, id << 2 | static_cast<uint64_t>(RecordKind::kEnter));
  uint64_t result = site.result == nullptr ? kCodeNone : CodeOf(*site.result);
  if (!coded) result = 0;
  return Load<uint64_t>(bytes) | result << kHeadResult |
         static_cast<uint64_t>(end - bytes) << kHeadSize;
}

// `code` is not 0, and there is room.
inline char* PutCoded(char* out, uint8_t code, const char* bytes) {
  uint64_t word = Load<uint64_t>(bytes);
  unsigned low = code & kCodeLow;
  if (__builtin_expect(code >= kCodeBytes, 0)) {
    __builtin_memcpy(out, &word, sizeof(word));
    return out + low;
  }
  word <<= low;
  if (code < kCodeSigned) return PutVarint(out, word >> low);
  return PutVarint(out, ZigZag(static_cast<int64_t>(word) >> low));
}

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_VALUE_CODE_H_
