#include "runtime/workspace/plain_decoder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/raw_value.h"
#include "runtime/workspace/scalar_value.h"
#include "runtime/workspace/time_value.h"

namespace omnitrace::workspace {
namespace {

Period PeriodOf(const TypeInfo& duration) {
  if (duration.members.size() < 2) return {};
  return {duration.members[0].offset, duration.members[1].offset};
}

Value TimeValue(std::string text) {
  Value value;
  value.kind = Value::Kind::kNumberText;
  value.text = std::move(text);
  return value;
}

// An array of characters is text, without the zeros that fill it up.
Value TextOfArray(const TypeInfo& character, absl::string_view bytes) {
  Value value;
  size_t units = bytes.size() / character.size;
  auto is_zero = [&](size_t unit) {
    absl::string_view one = bytes.substr(unit * character.size, character.size);
    return LoadBits(one) == 0;
  };
  while (units > 0 && is_zero(units - 1)) --units;
  value.true_size = units;
  SetText(bytes.substr(0, units * character.size), character.size, &value);
  return value;
}

bool HasAddress(const Value& value) {
  bool own = value.kind == Value::Kind::kPointer || value.kind == Value::Kind::kFunctionPointer;
  return own || std::any_of(value.fields.begin(), value.fields.end(),
                            [](const Field& field) { return HasAddress(field.value); });
}

// Where one member of a union is an address, the others show its bytes.
void MarkOverlaps(Value* value) {
  if (!HasAddress(*value)) return;
  for (Field& field : value->fields) field.value.overlaps_address = !HasAddress(field.value);
}

}  // namespace

bool PlainDecoder::Decode(const TypeInfo& type, absl::string_view object, Value* value) {
  DecodeBudget::Level level(budget_);
  if (!level.ok())
    return Fail(
        absl::StrCat("value of type ", type.name, " is nested too deeply or holds too much"));
  if (type.size > object.size()) {
    return Fail(absl::StrCat("type ", type.name, " takes ", type.size, " bytes, but there are ",
                             object.size()));
  }
  absl::string_view bytes = object.substr(0, type.size);
  switch (type.kind) {
    case TypeKind::kSigned:
    case TypeKind::kUnsigned:
      if (type.size == 16) {
        *value = WideIntegerValue(type, bytes);
        return true;
      }
      [[fallthrough]];
    case TypeKind::kBool:
    case TypeKind::kChar:
    case TypeKind::kEnum: {
      uint64_t bits = LoadBits(bytes);
      *value = IntegerValue(type, IsSignedType(type) ? SignExtend(bits, 8 * type.size) : bits);
      return true;
    }
    case TypeKind::kFloat:
      *value = FloatValue(type, bytes);
      return true;
    case TypeKind::kNullPointer:
      *value = NullValue("nullptr");
      return true;
    case TypeKind::kPointer:
    case TypeKind::kCString:
    case TypeKind::kReference:
    case TypeKind::kFunctionPointer: {
      // What an address inside a plain object refers to is not recorded.
      uint64_t address = LoadBits(object.substr(0, sizeof(uint64_t)));
      bool function = type.kind == TypeKind::kFunctionPointer;
      *value = address == 0
                   ? NullValue("nullptr")
                   : PlaceValue(function ? Value::Kind::kFunctionPointer : Value::Kind::kPointer,
                                type, address);
      return true;
    }
    case TypeKind::kClass:
    case TypeKind::kUnion:
    case TypeKind::kTuple:
      return DecodeRecord(type, bytes, value);
    case TypeKind::kArray:
      return DecodeElements(type, type.count, bytes, value);
    case TypeKind::kComplex:
      return DecodeComplex(type, bytes, value);
    case TypeKind::kDuration:
      return DecodeDuration(type, bytes, value);
    case TypeKind::kTimePoint:
      return DecodeTimePoint(type, bytes, value);
    case TypeKind::kRaw:
      *value = RawValue(type, bytes);
      return true;
    default:
      *value = PlaceValue(Value::Kind::kCut, type, 0);
      return true;
  }
}

bool PlainDecoder::DecodeRecord(const TypeInfo& type, absl::string_view bytes, Value* value) {
  *value = PlaceValue(Value::Kind::kRecord, type, 0);
  for (const TypeMember& member : type.members) {
    if ((member.flags & kMemberStatic) != 0) continue;
    Value field;
    if (!DecodeMember(member, bytes, &field)) return false;
    AppendMember(member, std::move(field), value);
  }
  if (type.kind == TypeKind::kTuple) MakeTuple(value);
  if (type.kind == TypeKind::kUnion) MarkOverlaps(value);
  return true;
}

bool PlainDecoder::DecodeMember(const TypeMember& member, absl::string_view record, Value* value) {
  if (member.type == 0) {
    value->kind = Value::Kind::kCut;
    return true;
  }
  const TypeInfo* type = metadata_.FindType(member.type);
  if (type == nullptr) {
    return Fail(absl::StrCat("type ", member.type, " of member ", member.name, " is not defined"));
  }
  if (member.offset < 0 || static_cast<uint64_t>(member.offset) > record.size()) {
    return Fail(absl::StrCat("member ", member.name, " at offset ", member.offset, " of ",
                             record.size(), " bytes"));
  }
  absl::string_view bytes = record.substr(static_cast<size_t>(member.offset));
  if ((member.flags & kMemberBitField) == 0) return Decode(*type, bytes, value);

  unsigned first = member.bits >> 16, width = member.bits & 0xffff;
  if (width == 0 || width > 64 || first > 63 || (first + width + 7) / 8 > bytes.size()) {
    return Fail(absl::StrCat("bit field ", member.name, " of ", width, " bits at bit ", first,
                             " of ", bytes.size(), " bytes"));
  }
  uint64_t bits = LoadBits(bytes) >> first;
  if (first + width > 64) bits |= LoadBits(bytes.substr(8)) << (64 - first);
  if (width < 64) bits &= (uint64_t{1} << width) - 1;
  *value = IntegerValue(*type, IsSignedType(*type) ? SignExtend(bits, width) : bits);
  return true;
}

const TypeInfo* PlainDecoder::Element(const TypeInfo& type) {
  const TypeInfo* element = metadata_.FindType(type.element);
  if (element == nullptr) {
    Fail(absl::StrCat("element type ", type.element, " of ", type.name, " is not defined"));
  }
  return element;
}

bool PlainDecoder::DecodeComplex(const TypeInfo& type, absl::string_view bytes, Value* value) {
  const TypeInfo* part = Element(type);
  if (part == nullptr) return false;
  value->kind = Value::Kind::kComplex;
  value->fields.resize(2);
  return Decode(*part, bytes, &value->fields[0].value) &&
         Decode(*part, bytes.substr(bytes.size() / 2), &value->fields[1].value);
}

bool PlainDecoder::DecodeDuration(const TypeInfo& type, absl::string_view bytes, Value* value) {
  const TypeInfo* count = Element(type);
  Value number;
  if (count == nullptr || !Decode(*count, bytes, &number)) return false;
  *value = TimeValue(DurationText(number, PeriodOf(type)));
  return true;
}

bool PlainDecoder::DecodeTimePoint(const TypeInfo& type, absl::string_view bytes, Value* value) {
  const TypeInfo* duration = Element(type);
  const TypeInfo* count = duration == nullptr ? nullptr : Element(*duration);
  Value number;
  if (count == nullptr || !Decode(*count, bytes, &number)) return false;
  absl::string_view clock;
  if (!type.members.empty()) clock = type.members[0].name;
  *value = TimeValue(TimePointText(number, PeriodOf(*duration), clock));
  return true;
}

bool PlainDecoder::DecodeElements(const TypeInfo& type, uint64_t count, absl::string_view bytes,
                                  Value* value) {
  const TypeInfo* element = Element(type);
  if (element == nullptr) return false;
  bool text = element->kind == TypeKind::kChar &&
              (element->size == 1 || element->size == 2 || element->size == 4);
  if (text) {
    *value = TextOfArray(*element, bytes);
    return true;
  }
  if (element->size == 0 ? count > bytes.size() : count > bytes.size() / element->size) {
    return Fail(
        absl::StrCat(count, " elements of type ", element->name, " in ", bytes.size(), " bytes"));
  }
  *value = PlaceValue(Value::Kind::kSequence, type, 0);
  value->true_size = count;
  for (uint64_t i = 0; i < count; ++i) {
    Field field;
    if (!Decode(*element, bytes.substr(i * element->size), &field.value)) return false;
    value->fields.push_back(std::move(field));
  }
  return true;
}

bool PlainDecoder::Fail(std::string what) {
  if (error_.empty()) error_ = std::move(what);
  return false;
}

}  // namespace omnitrace::workspace
