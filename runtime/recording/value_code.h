// The short way to put a value: what of eight bytes goes into a record, as a number in Type::code.
#ifndef OMNITRACE_RUNTIME_RECORDING_VALUE_CODE_H_
#define OMNITRACE_RUNTIME_RECORDING_VALUE_CODE_H_

#include <cstdint>

#include "runtime/recording/simple_value.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/description.h"

namespace omnitrace::recording {

// In the high byte of a code; 0 is no code. In the low byte: the bits to shift out, or the bytes.
enum class CodeKind : uint16_t { kUnsigned = 1, kSigned = 2, kBytes = 3 };

// 0 when the type takes the long way.
inline uint16_t CodeOf(const Type& type) {
  auto code = [](CodeKind kind, uint32_t low) {
    return static_cast<uint16_t>(static_cast<uint32_t>(kind) << 8 | low);
  };
  if (!IsSimple(&type)) return 0;
  if (IsRaw(type)) return type.size <= 8 ? code(CodeKind::kBytes, type.size) : uint16_t{0};
  if (IsVarint(type)) {
    return code(IsSigned(type) ? CodeKind::kSigned : CodeKind::kUnsigned,
                (64 - 8 * type.size) & 63);
  }
  bool address = type.kind == TypeKind::kFunctionPointer ||
                 (type.kind == TypeKind::kPointer && type.element == nullptr);
  return address ? code(CodeKind::kUnsigned, 0) : uint16_t{0};
}

// `code` is not 0, and there is room.
inline char* PutCoded(char* out, uint16_t code, const char* bytes) {
  uint64_t word = Load<uint64_t>(bytes);
  unsigned low = code & 0xff;
  switch (static_cast<CodeKind>(code >> 8)) {
    case CodeKind::kUnsigned:
      return PutVarint(out, word << low >> low);
    case CodeKind::kSigned:
      return PutVarint(out, ZigZag(static_cast<int64_t>(word << low) >> low));
    case CodeKind::kBytes:
      break;
  }
  __builtin_memcpy(out, &word, sizeof(word));
  return out + low;
}

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_VALUE_CODE_H_
