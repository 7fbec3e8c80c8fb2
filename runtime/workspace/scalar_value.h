// Values of scalar types, from the bits that a varint or the bytes of a plain object gave.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_SCALAR_VALUE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_SCALAR_VALUE_H_

#include <cstdint>

#include "absl/strings/string_view.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/value.h"

namespace omnitrace::workspace {

// kBool, kSigned, kUnsigned, kChar, kEnum up to 64 bits. `bits` is sign-extended where the type is.
Value IntegerValue(const TypeInfo& type, uint64_t bits);
// kSigned and kUnsigned of 16 bytes.
Value WideIntegerValue(const TypeInfo& type, absl::string_view bytes);
Value FloatValue(const TypeInfo& type, absl::string_view bytes);
Value NullValue(const char* text);
// kCut, kOpaque, kUnreadable, kPointer.
Value PlaceValue(Value::Kind kind, const TypeInfo& type, uint64_t address);

// Makes `value`, whose true_size is set, a kString of these characters.
void SetText(absl::string_view bytes, uint32_t width, Value* value);

// Little-endian bytes, at most 8 of them.
uint64_t LoadBits(absl::string_view bytes);
uint64_t SignExtend(uint64_t bits, unsigned width);
bool IsSignedType(const TypeInfo& type);

// Puts a member into its record: fields of bases and of anonymous members stand in place.
void AppendMember(const TypeMember& member, Value value, Value* record);
// Takes the names off a record's fields.
void MakeTuple(Value* record);

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_SCALAR_VALUE_H_
