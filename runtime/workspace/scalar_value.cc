#include "runtime/workspace/scalar_value.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <utility>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "runtime/workspace/raw_value.h"
#include "runtime/workspace/text_encoding.h"

namespace omnitrace::workspace {
namespace {

Value NumberText(std::string text) {
  Value value;
  value.kind = Value::Kind::kNumberText;
  value.text = std::move(text);
  return value;
}

Value EnumValue(const TypeInfo& type, uint64_t bits) {
  Value value;
  value.kind = Value::Kind::kEnum;
  value.type = type.name;
  value.number = bits;
  value.scoped = (type.flags & kTypeScopedEnum) != 0;
  value.is_unsigned = !IsSignedType(type);
  for (const TypeMember& enumerator : type.members) {
    if (static_cast<uint64_t>(enumerator.offset) != bits) continue;
    value.text = enumerator.name;
    break;
  }
  return value;
}

long double LoadHalf(uint64_t bits, bool brain) {
  if (brain) {
    uint32_t word = static_cast<uint32_t>(bits) << 16;
    float value;
    memcpy(&value, &word, sizeof(value));
    return value;
  }
  int exponent = static_cast<int>(bits >> 10 & 31);
  int fraction = static_cast<int>(bits & 1023);
  long double value = exponent == 31  ? (fraction != 0 ? NAN : INFINITY)
                      : exponent == 0 ? std::ldexp(fraction, -24)
                                      : std::ldexp(fraction + 1024, exponent - 25);
  return (bits >> 15 & 1) != 0 ? -value : value;
}

// The fewest digits that give the number back.
std::string ShortestText(long double number) {
  char text[64];
  for (int digits = 15; digits <= 21; ++digits) {
    snprintf(text, sizeof(text), "%.*Lg", digits, number);
    if (strtold(text, nullptr) == number) break;
  }
  return text;
}

// __float128; false when a long double does not hold it.
bool LoadQuad(absl::string_view bytes, long double* out) {
  uint64_t low = LoadBits(bytes), high = LoadBits(bytes.substr(8));
  int exponent = static_cast<int>(high >> 48 & 0x7fff);
  // The fraction's first 63 bits of 112.
  uint64_t fraction = (high & 0xffffffffffff) << 15 | low >> 49;
  if ((low << 15) != 0) return false;
  long double whole = std::ldexp(static_cast<long double>(fraction), -63);
  *out = exponent == 0x7fff ? (fraction != 0 ? NAN : INFINITY)
         : exponent == 0    ? std::ldexp(whole, -16382)
                            : std::ldexp(1 + whole, exponent - 16383);
  if ((high >> 63) != 0) *out = -*out;
  return true;
}

// As C++ writes what only hexadecimal digits give exactly.
std::string HexadecimalQuad(absl::string_view bytes) {
  uint64_t low = LoadBits(bytes), high = LoadBits(bytes.substr(8));
  int exponent = static_cast<int>(high >> 48 & 0x7fff);
  std::string digits = absl::StrFormat("%012x%016x", high & 0xffffffffffff, low);
  digits.erase(digits.find_last_not_of('0') + 1);
  return absl::StrFormat("%s0x%d.%sp%+d", (high >> 63) != 0 ? "-" : "", exponent == 0 ? 0 : 1,
                         digits, exponent == 0 ? -16382 : exponent - 16383);
}

// False when no C++ type here has this layout.
bool LoadFloat(const TypeInfo& type, absl::string_view bytes, long double* out) {
  float single;
  double twice;
  switch (bytes.size()) {
    case 2:
      *out = LoadHalf(LoadBits(bytes), type.name == "__bf16");
      return true;
    case sizeof(single):
      memcpy(&single, bytes.data(), sizeof(single));
      *out = single;
      return true;
    case sizeof(twice):
      memcpy(&twice, bytes.data(), sizeof(twice));
      *out = twice;
      return true;
    case sizeof(*out):
      if (type.name != "long double") return LoadQuad(bytes, out);
      memcpy(out, bytes.data(), sizeof(*out));
      return true;
    default:
      return false;
  }
}

}  // namespace

uint64_t LoadBits(absl::string_view bytes) {
  uint64_t bits = 0;
  memcpy(&bits, bytes.data(), bytes.size() < sizeof(bits) ? bytes.size() : sizeof(bits));
  return bits;
}

uint64_t SignExtend(uint64_t bits, unsigned width) {
  if (width == 0 || width >= 64) return bits;
  return static_cast<uint64_t>(static_cast<int64_t>(bits << (64 - width)) >> (64 - width));
}

bool IsSignedType(const TypeInfo& type) {
  return type.kind == TypeKind::kSigned ||
         (type.kind == TypeKind::kEnum && (type.flags & kTypeSigned) != 0);
}

Value IntegerValue(const TypeInfo& type, uint64_t bits) {
  if (type.kind == TypeKind::kEnum) return EnumValue(type, bits);
  Value value;
  value.number = bits;
  switch (type.kind) {
    case TypeKind::kBool:
      value.kind = Value::Kind::kBool;
      break;
    case TypeKind::kSigned:
      value.kind = Value::Kind::kSigned;
      break;
    case TypeKind::kChar:
      // A negative char's sign is no part of its code unit.
      if (type.size < 8) value.number &= (uint64_t{1} << (8 * type.size)) - 1;
      value.kind = Value::Kind::kCharacter;
      value.type = type.name;
      break;
    default:
      value.kind = Value::Kind::kUnsigned;
  }
  return value;
}

Value WideIntegerValue(const TypeInfo& type, absl::string_view bytes) {
  absl::uint128 bits = absl::MakeUint128(LoadBits(bytes.substr(8)), LoadBits(bytes.substr(0, 8)));
  if (type.kind != TypeKind::kSigned) return NumberText(absl::StrFormat("%d", bits));
  return NumberText(absl::StrFormat("%d", static_cast<absl::int128>(bits)));
}

Value FloatValue(const TypeInfo& type, absl::string_view bytes) {
  long double number;
  if (!LoadFloat(type, bytes, &number)) {
    return bytes.size() == sizeof(number) ? NumberText(HexadecimalQuad(bytes))
                                          : RawValue(type, bytes);
  }
  if (std::isnan(number)) return NumberText(std::signbit(number) ? "-nan" : "nan");
  if (std::isinf(number)) return NumberText(number < 0 ? "-inf" : "inf");
  std::string text;
  if (bytes.size() > sizeof(double)) {
    bool beyond = std::fabs(number) > std::numeric_limits<double>::max();
    if (beyond || static_cast<double>(number) != number) text = ShortestText(number);
    if (beyond) return NumberText(std::move(text));
  }
  Value value;
  value.kind = Value::Kind::kDouble;
  value.real = static_cast<double>(number);
  value.text = std::move(text);
  value.type = type.name;
  return value;
}

Value NullValue(const char* text) {
  Value value;
  value.kind = Value::Kind::kNull;
  value.text = text;
  return value;
}

Value PlaceValue(Value::Kind kind, const TypeInfo& type, uint64_t address) {
  Value value;
  value.kind = kind;
  value.type = type.name;
  value.number = address;
  return value;
}

void SetText(absl::string_view bytes, uint32_t width, Value* value) {
  uint64_t units = bytes.size() / width;
  // A cut may have left the first half of a pair.
  bool half = width == 2 && units > 0 && units < value->true_size &&
              (LoadBits(bytes.substr(bytes.size() - 2)) & 0xfc00) == 0xd800;
  if (half) bytes.remove_suffix(2);
  Utf8Text text = ToUtf8(bytes, width);
  value->kind = Value::Kind::kString;
  value->text = std::move(text.text);
  value->escaped = text.escaped;
  if (width != 1) value->held_units = units;
}

void AppendMember(const TypeMember& member, Value value, Value* record) {
  bool in_place = (member.flags & kMemberBase) != 0 || member.name.empty();
  if (in_place && value.kind == Value::Kind::kRecord) {
    for (Field& field : value.fields) record->fields.push_back(std::move(field));
  } else {
    record->fields.push_back({member.name, std::move(value)});
  }
}

void MakeTuple(Value* record) {
  record->kind = Value::Kind::kTuple;
  for (Field& field : record->fields) field.name.clear();
}

}  // namespace omnitrace::workspace
