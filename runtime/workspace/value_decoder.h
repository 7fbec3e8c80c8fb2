// Values from the bytes of a record, as TypeKind in format.h defines them. The bytes and the types
// are both untrusted: a decoder ends in bounded time and memory, with a value or an error.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_VALUE_DECODER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_VALUE_DECODER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/byte_parser.h"
#include "runtime/workspace/decode_budget.h"
#include "runtime/workspace/metadata.h"
#include "runtime/workspace/value.h"

namespace omnitrace::workspace {

// True when a record holds the value as `size` raw bytes.
bool IsStoredRaw(const TypeInfo& type);

class ValueDecoder {
 public:
  ValueDecoder(const Metadata& metadata, absl::string_view bytes)
      : metadata_(metadata), in_(bytes), budget_(bytes.size()) {}

  // The value that begins at position(), which moves behind it. Type 0 is void.
  absl::StatusOr<Value> Next(uint32_t type);

  bool AtEnd() const { return in_.AtEnd(); }
  size_t position() const { return in_.position(); }

 private:
  bool Decode(uint32_t type, Value* value);
  bool DecodeKind(const TypeInfo& type, Value* value);
  bool DecodeInteger(const TypeInfo& type, Value* value);
  bool DecodeRaw(const TypeInfo& type, Value* value);
  bool DecodePointer(const TypeInfo& type, Value* value);
  bool DecodeCString(const TypeInfo& type, Value* value);
  bool DecodeRecord(const TypeInfo& type, Value* value);
  bool DecodeText(const TypeInfo& type, Value* value);
  bool DecodeSequence(const TypeInfo& type, Value* value);
  bool DecodeOptional(const TypeInfo& type, Value* value);
  bool DecodeVariant(const TypeInfo& type, Value* value);
  bool DecodePolymorphic(const TypeInfo& type, Value* value);
  bool DecodeWrapper(const TypeInfo& type, Value* value);
  bool DecodeSharedPointer(const TypeInfo& type, Value* value);
  bool DecodePosition(const TypeInfo& type, Value* value);
  bool DecodeDynamicType(const TypeInfo& type, Value* value);
  bool DecodeExceptionPointer(const TypeInfo& type, Value* value);
  // Takes a state byte. False when there is no value: `value` says why, or the decoder has failed.
  bool TakeState(const TypeInfo& type, uint64_t address, Value::Kind absent, Value* value);
  bool TakeAddress(const TypeInfo& type, Value::Kind kind, Value* value);
  bool Fail(std::string what);
  bool failed() const { return !in_.ok() || !error_.empty(); }

  const Metadata& metadata_;
  ByteParser in_;
  DecodeBudget budget_;
  std::string error_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_VALUE_DECODER_H_
