// Which values are encoded as their bytes in memory: the one rule that the recording and the
// reader must share beyond the constants of format.h.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_RAW_ENCODING_H_
#define OMNITRACE_RUNTIME_WORKSPACE_RAW_ENCODING_H_

#include <cstdint>

#include "runtime/workspace/format.h"

namespace omnitrace {

constexpr bool IsEncodedRaw(TypeKind kind, uint8_t flags, uint32_t size) {
  switch (kind) {
    case TypeKind::kFloat:
    case TypeKind::kRaw:
    case TypeKind::kComplex:
    case TypeKind::kDuration:
    case TypeKind::kTimePoint:
      return true;
    case TypeKind::kSigned:
    case TypeKind::kUnsigned:
      return size == 16;
    case TypeKind::kClass:
    case TypeKind::kUnion:
    case TypeKind::kTuple:
    case TypeKind::kArray:
      return (flags & kTypePlain) != 0;
    default:
      return false;
  }
}

}  // namespace omnitrace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_RAW_ENCODING_H_
