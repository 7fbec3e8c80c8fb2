#include "runtime/workspace/value_decoder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/plain_decoder.h"
#include "runtime/workspace/raw_encoding.h"
#include "runtime/workspace/scalar_value.h"
#include "runtime/workspace/text_encoding.h"

namespace omnitrace::workspace {
namespace {

// Puts the two halves of an element of a map behind each other.
void AppendPair(Value pair, Value* map) {
  bool whole = pair.fields.size() == 2 &&
               (pair.kind == Value::Kind::kRecord || pair.kind == Value::Kind::kTuple);
  if (whole) {
    for (Field& half : pair.fields) map->fields.push_back({"", std::move(half.value)});
  } else {
    map->fields.push_back({"", pair});
    map->fields.push_back({"", std::move(pair)});
  }
}

Value Labelled(std::string label) {
  Value value;
  value.kind = Value::Kind::kLabelled;
  value.text = std::move(label);
  value.fields.resize(1);
  return value;
}

Value TextValue(std::string text) {
  Value value;
  value.kind = Value::Kind::kString;
  value.true_size = text.size();
  value.text = std::move(text);
  return value;
}

Value TypeNameValue(absl::string_view mangled) {
  Value value;
  value.kind = Value::Kind::kTypeName;
  value.text = std::string(mangled);
  return value;
}

}  // namespace

bool IsStoredRaw(const TypeInfo& type) { return IsEncodedRaw(type.kind, type.flags, type.size); }

absl::StatusOr<Value> ValueDecoder::Next(uint32_t type) {
  Value value;
  if (Decode(type, &value) && !failed()) return value;
  const char* cut = "the record ends inside the value";
  return absl::DataLossError(
      absl::StrCat("byte ", position(), " of the values: ", error_.empty() ? cut : error_));
}

bool ValueDecoder::Decode(uint32_t id, Value* value) {
  if (id == 0) return true;
  DecodeBudget::Level level(&budget_);
  const TypeInfo* type = metadata_.FindType(id);
  if (type == nullptr) return Fail(absl::StrCat("type ", id, " is not defined"));
  if (!level.ok())
    return Fail(
        absl::StrCat("value of type ", type->name, " is nested too deeply or holds too much"));
  return DecodeKind(*type, value) && !failed();
}

bool ValueDecoder::DecodeKind(const TypeInfo& type, Value* value) {
  if (IsStoredRaw(type)) return DecodeRaw(type, value);
  switch (type.kind) {
    case TypeKind::kVoid:
      return true;
    case TypeKind::kNullPointer:
      *value = NullValue("nullptr");
      return true;
    case TypeKind::kBool:
    case TypeKind::kSigned:
    case TypeKind::kUnsigned:
    case TypeKind::kChar:
    case TypeKind::kEnum:
      return DecodeInteger(type, value);
    case TypeKind::kPointer:
    case TypeKind::kSmartPointer:
      return DecodePointer(type, value);
    case TypeKind::kFunctionPointer:
      return TakeAddress(type, Value::Kind::kFunctionPointer, value);
    case TypeKind::kCString:
      return DecodeCString(type, value);
    case TypeKind::kReference:
      return Decode(type.element, value);
    case TypeKind::kClass:
    case TypeKind::kTuple:
      return DecodeRecord(type, value);
    case TypeKind::kText:
    case TypeKind::kBitText:
      return DecodeText(type, value);
    case TypeKind::kArray:
    case TypeKind::kSequence:
    case TypeKind::kList:
    case TypeKind::kTree:
    case TypeKind::kDeque:
    case TypeKind::kBitSequence:
    case TypeKind::kHashTable:
    case TypeKind::kMatrix:
      return DecodeSequence(type, value);
    case TypeKind::kOptional:
      return DecodeOptional(type, value);
    case TypeKind::kVariant:
      return DecodeVariant(type, value);
    case TypeKind::kPolymorphic:
      return DecodePolymorphic(type, value);
    case TypeKind::kWrapper:
      return DecodeWrapper(type, value);
    case TypeKind::kSharedPointer:
      return DecodeSharedPointer(type, value);
    case TypeKind::kPosition:
      return DecodePosition(type, value);
    case TypeKind::kDynamicType:
      return DecodeDynamicType(type, value);
    case TypeKind::kExceptionPointer:
      return DecodeExceptionPointer(type, value);
    case TypeKind::kUnion:
    case TypeKind::kOpaque: {
      bool function = (type.flags & kTypeFunction) != 0;
      Value::Kind kind = function ? Value::Kind::kFunctionPointer : Value::Kind::kOpaque;
      *value = PlaceValue(kind, type, in_.Varint());
      return true;
    }
    default:
      return Fail(
          absl::StrCat("type ", type.name, " has unknown kind ", static_cast<int>(type.kind)));
  }
}

bool ValueDecoder::DecodeInteger(const TypeInfo& type, Value* value) {
  uint64_t bits = in_.Varint();
  if (IsSignedType(type)) bits = static_cast<uint64_t>(UnZigZag(bits));
  *value = IntegerValue(type, bits);
  return true;
}

bool ValueDecoder::DecodeRaw(const TypeInfo& type, Value* value) {
  absl::string_view bytes = in_.Raw(type.size);
  if (!in_.ok()) return false;
  PlainDecoder plain(metadata_, &budget_);
  return plain.Decode(type, bytes, value) || Fail(plain.error());
}

bool ValueDecoder::TakeAddress(const TypeInfo& type, Value::Kind kind, Value* value) {
  uint64_t address = in_.Varint();
  *value = address == 0 ? NullValue("nullptr") : PlaceValue(kind, type, address);
  return true;
}

bool ValueDecoder::TakeState(const TypeInfo& type, uint64_t address, Value::Kind absent,
                             Value* value) {
  uint8_t state = in_.Byte();
  switch (static_cast<ValueState>(state)) {
    case kStateValue:
      return true;
    case kStateAbsent:
      *value = PlaceValue(absent, type, address);
      return false;
    case kStateUnreadable:
      *value = PlaceValue(Value::Kind::kUnreadable, type, address);
      return false;
  }
  return Fail(
      absl::StrCat("state ", state, " of a value of type ", type.name, ", expected 0, 1 or 2"));
}

bool ValueDecoder::DecodePointer(const TypeInfo& type, Value* value) {
  TakeAddress(type, Value::Kind::kPointer, value);
  bool smart = type.kind == TypeKind::kSmartPointer || type.kind == TypeKind::kSharedPointer;
  value->smart = smart;
  uint64_t address = value->number;
  if (address == 0 || type.element == 0) return true;
  if (TakeState(type, address, Value::Kind::kPointer, value)) {
    value->fields.emplace_back();
    return Decode(type.element, &value->fields.front().value);
  }
  value->smart = smart;
  return !failed();
}

bool ValueDecoder::DecodeCString(const TypeInfo& type, Value* value) {
  TakeAddress(type, Value::Kind::kPointer, value);
  if (value->kind == Value::Kind::kNull) return true;
  if (!TakeState(type, value->number, Value::Kind::kPointer, value)) return !failed();
  return DecodeText(type, value);
}

bool ValueDecoder::DecodeRecord(const TypeInfo& type, Value* value) {
  if (!TakeState(type, 0, Value::Kind::kCut, value)) return !failed();
  *value = PlaceValue(Value::Kind::kRecord, type, 0);
  for (const TypeMember& member : type.members) {
    if ((member.flags & kMemberStatic) != 0) continue;
    Value field;
    if (member.type == 0) field.kind = Value::Kind::kCut;
    if (!Decode(member.type, &field)) return false;
    AppendMember(member, std::move(field), value);
  }
  if (type.kind == TypeKind::kTuple) MakeTuple(value);
  return true;
}

bool ValueDecoder::DecodeText(const TypeInfo& type, Value* value) {
  const TypeInfo* element = metadata_.FindType(type.element);
  uint32_t width = element == nullptr ? 1 : element->size;
  if (width != 1 && width != 2 && width != 4) {
    return Fail(absl::StrCat("characters of ", width, " bytes in type ", type.name));
  }
  *value = PlaceValue(Value::Kind::kString, type, 0);
  value->true_size = in_.Varint();
  uint64_t stored = in_.Varint();
  if (stored > in_.left() / width || stored > value->true_size) {
    return Fail(absl::StrCat("text of ", stored, " of ", value->true_size, " characters in ",
                             in_.left(), " bytes"));
  }
  SetText(in_.Raw(stored * width), width, value);
  return true;
}

bool ValueDecoder::DecodeSequence(const TypeInfo& type, Value* value) {
  bool map = (type.flags & kTypeMap) != 0;
  *value = PlaceValue(map ? Value::Kind::kMap : Value::Kind::kSequence, type, 0);
  value->true_size = in_.Varint();
  uint64_t stored = in_.Varint();
  value->torn = (type.flags & kTypeTearable) != 0 && (stored & kTorn) != 0;
  if (value->torn) stored &= ~kTorn;
  // Elements may take no bytes (nullptr_t), so their number is bounded by the budget too.
  if (stored > value->true_size || (stored > in_.left() && stored > budget_.most_nodes)) {
    return Fail(absl::StrCat(stored, " of ", value->true_size, " elements of ", type.name, " in ",
                             in_.left(), " bytes"));
  }
  for (uint64_t i = 0; i < stored; ++i) {
    Value element;
    if (!Decode(type.element, &element)) return false;
    if (map) {
      AppendPair(std::move(element), value);
    } else {
      value->fields.push_back({"", std::move(element)});
    }
  }
  return true;
}

bool ValueDecoder::DecodeOptional(const TypeInfo& type, Value* value) {
  uint8_t engaged = in_.Byte();
  if (engaged > 1) return Fail(absl::StrCat("optional byte ", engaged, ", expected 0 or 1"));
  if (engaged == 0) {
    *value = NullValue("nullopt");
    return true;
  }
  value->kind = Value::Kind::kOptional;
  value->fields.emplace_back();
  return Decode(type.element, &value->fields.front().value);
}

bool ValueDecoder::DecodeVariant(const TypeInfo& type, Value* value) {
  uint64_t index = in_.Varint();
  if (index == 0) {
    *value = NullValue("valueless");
    return true;
  }
  if (index > type.members.size()) {
    return Fail(
        absl::StrCat("alternative ", index - 1, " of ", type.members.size(), " in ", type.name));
  }
  const TypeMember& alternative = type.members[index - 1];
  if (alternative.name.empty()) return Decode(alternative.type, value);
  *value = Labelled(alternative.name);
  return Decode(alternative.type, &value->fields[0].value);
}

bool ValueDecoder::DecodeWrapper(const TypeInfo& type, Value* value) {
  if (type.members.empty()) return Decode(type.element, value);
  *value = Labelled(type.members[0].name);
  return Decode(type.element, &value->fields[0].value);
}

bool ValueDecoder::DecodeSharedPointer(const TypeInfo& type, Value* value) {
  int64_t uses = static_cast<int64_t>(in_.Varint()) - 1;
  if (!DecodePointer(type, value)) return false;
  value->uses = uses;
  return true;
}

bool ValueDecoder::DecodePosition(const TypeInfo& type, Value* value) {
  TakeAddress(type, Value::Kind::kOpaque, value);
  if (value->kind == Value::Kind::kOpaque && !type.members.empty()) {
    value->type = type.members[0].name;
  }
  return true;
}

bool ValueDecoder::DecodeDynamicType(const TypeInfo& type, Value* value) {
  TakeAddress(type, Value::Kind::kOpaque, value);
  if (value->kind == Value::Kind::kNull) return true;
  if (!TakeState(type, value->number, Value::Kind::kOpaque, value)) return !failed();
  *value = TypeNameValue(in_.Text());
  return true;
}

bool ValueDecoder::DecodeExceptionPointer(const TypeInfo& type, Value* value) {
  TakeAddress(type, Value::Kind::kOpaque, value);
  if (value->kind == Value::Kind::kNull) return true;
  if (!TakeState(type, value->number, Value::Kind::kOpaque, value)) return !failed();
  *value = PlaceValue(Value::Kind::kRecord, type, 0);
  value->fields.push_back({"type", TypeNameValue(in_.Text())});
  absl::string_view what = in_.Text();
  if (!what.empty()) value->fields.push_back({"what", TextValue(std::string(what))});
  return true;
}

bool ValueDecoder::DecodePolymorphic(const TypeInfo& type, Value* value) {
  uint32_t actual = in_.Varint32();
  if (!Decode(actual != 0 ? actual : type.element, value)) return false;
  value->dynamic = value->kind == Value::Kind::kRecord && value->type != type.name;
  return true;
}

bool ValueDecoder::Fail(std::string what) {
  if (error_.empty()) error_ = std::move(what);
  return false;
}

}  // namespace omnitrace::workspace
