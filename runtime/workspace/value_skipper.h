// Steps over values without building them: of an event's bytes whose values nobody wants to see it
// is enough to know that they are there. Building them took nine tenths of `verify`.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_VALUE_SKIPPER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_VALUE_SKIPPER_H_

#include "absl/strings/string_view.h"
#include "runtime/workspace/byte_parser.h"
#include "runtime/workspace/decode_budget.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/metadata.h"

namespace omnitrace::workspace {

// Whether a value that isn't stored raw is one varint, of which any will do.
constexpr bool IsOneVarint(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
    case TypeKind::kSigned:
    case TypeKind::kUnsigned:
    case TypeKind::kChar:
    case TypeKind::kEnum:
    case TypeKind::kFunctionPointer:
    case TypeKind::kUnion:
    case TypeKind::kOpaque:
    case TypeKind::kPosition:
      return true;
    default:
      return false;
  }
}

class ValueSkipper {
 public:
  ValueSkipper(const Metadata& metadata, absl::string_view bytes)
      : metadata_(metadata), in_(bytes), budget_(bytes.size()) {}

  // Takes the value at position() when a ValueDecoder would take the same bytes without an error.
  // False: it would fail, and says why, or only it can tell. Then the skipper is of no more use.
  bool Skip(uint32_t type);

  bool AtEnd() const { return in_.AtEnd(); }
  size_t position() const { return in_.position(); }

 private:
  bool SkipKind(const TypeInfo& type);
  bool SkipPlain(const TypeInfo& type);
  bool SkipPointer(const TypeInfo& type);
  bool SkipRecord(const TypeInfo& type);
  bool SkipText(const TypeInfo& type);
  bool SkipSequence(const TypeInfo& type);
  bool SkipVariant(const TypeInfo& type);
  // Take what says whether a value follows.
  bool IsPresent();
  bool IsPointedAt();

  const Metadata& metadata_;
  ByteParser in_;
  DecodeBudget budget_;
  bool failed_ = false;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_VALUE_SKIPPER_H_
