// The values whose encoding is one number or a few bytes: nothing is followed, nothing can fail.
// Functions that have only these are recorded without the encoder.
#ifndef OMNITRACE_RUNTIME_RECORDING_SIMPLE_VALUE_H_
#define OMNITRACE_RUNTIME_RECORDING_SIMPLE_VALUE_H_

#include <cstddef>
#include <cstdint>

#include "runtime/recording/copy.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/description.h"
#include "runtime/workspace/raw_encoding.h"

namespace omnitrace::recording {

// Of all arguments of a call together; a record's fixed part comes on top.
inline constexpr size_t kMostSimpleBytes = 384;

// Encoded as its bytes in memory.
inline bool IsRaw(const Type& type) { return IsEncodedRaw(type.kind, type.flags, type.size); }

inline bool IsInteger(TypeKind kind) {
  return (kind >= TypeKind::kBool && kind <= TypeKind::kChar) || kind == TypeKind::kEnum;
}

inline bool IsSimple(const Type* type) {
  if (type == nullptr) return true;
  if (type->kind >= kFirstSizedKind) return false;
  if (IsRaw(*type)) return type->size <= kMaxPlainSize;
  switch (type->kind) {
    case TypeKind::kPointer:
      return type->element == nullptr;
    case TypeKind::kVoid:
    case TypeKind::kNullPointer:
    case TypeKind::kFunctionPointer:
    case TypeKind::kUnion:
    case TypeKind::kOpaque:
      return true;
    default:
      return IsInteger(type->kind);
  }
}

// At most.
inline size_t SimpleBytes(const Type* type) {
  if (type == nullptr) return 0;
  return IsRaw(*type) ? type->size : kVarintSlack;
}

inline bool IsSigned(const Type& type) {
  return type.kind == TypeKind::kSigned ||
         (type.kind == TypeKind::kEnum && (type.flags & kTypeSigned) != 0);
}

inline uint64_t LoadInteger(const char* bytes, uint32_t size, bool is_signed) {
  switch (size) {
    case 1:
      return is_signed ? static_cast<uint64_t>(int64_t{Load<int8_t>(bytes)}) : Load<uint8_t>(bytes);
    case 2:
      return is_signed ? static_cast<uint64_t>(int64_t{Load<int16_t>(bytes)})
                       : Load<uint16_t>(bytes);
    case 4:
      return is_signed ? static_cast<uint64_t>(int64_t{Load<int32_t>(bytes)})
                       : Load<uint32_t>(bytes);
    case 8:
      return Load<uint64_t>(bytes);
    default:
      return 0;
  }
}

inline char* PutInteger(char* out, const Type& type, uint64_t bits) {
  return PutVarint(out, IsSigned(type) ? ZigZag(static_cast<int64_t>(bits)) : bits);
}

inline bool IsVarint(const Type& type) { return IsInteger(type.kind) && type.size <= 8; }

// `bytes` are the value's, which lies at `address` in the program. There must be room.
inline char* PutSimple(char* out, const Type& type, const char* bytes, uint64_t address) {
  if (IsVarint(type)) {
    return PutInteger(out, type, LoadInteger(bytes, type.size, IsSigned(type)));
  }
  switch (type.kind) {
    case TypeKind::kPointer:
    case TypeKind::kFunctionPointer:
      return PutVarint(out, LoadAddress(bytes));
    case TypeKind::kVoid:
    case TypeKind::kNullPointer:
      return out;
    case TypeKind::kOpaque:
      return PutVarint(out, address);
    case TypeKind::kUnion:
      if (!IsRaw(type)) return PutVarint(out, address);
      break;
    default:
      break;
  }
  CopyBytes(out, bytes, type.size);
  return out + type.size;
}

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_SIMPLE_VALUE_H_
