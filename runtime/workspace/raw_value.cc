#include "runtime/workspace/raw_value.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/scalar_value.h"

namespace omnitrace::workspace {
namespace {

// Decimal digits of a little-endian number.
std::string Decimal(std::vector<uint32_t> words) {
  std::string digits;
  while (!words.empty()) {
    uint64_t rest = 0;
    for (size_t i = words.size(); i-- > 0;) {
      rest = rest << 32 | words[i];
      words[i] = static_cast<uint32_t>(rest / 10);
      rest %= 10;
    }
    digits.push_back(static_cast<char>('0' + rest));
    while (!words.empty() && words.back() == 0) words.pop_back();
  }
  std::reverse(digits.begin(), digits.end());
  return digits.empty() ? "0" : digits;
}

// The low `width` bits, and in the words behind them the sign.
std::vector<uint32_t> LoadNumber(absl::string_view bytes, size_t width, bool is_negative) {
  std::vector<uint32_t> words((bytes.size() + 3) / 4);
  for (size_t bit = 0; bit < words.size() * 32; ++bit) {
    bool set = bit < width ? (static_cast<unsigned char>(bytes[bit / 8]) >> bit % 8 & 1) != 0
                           : is_negative;
    if (set) words[bit / 32] |= uint32_t{1} << bit % 32;
  }
  return words;
}

Value NumberValue(absl::string_view bytes, uint64_t width, bool is_signed) {
  size_t bits = static_cast<size_t>(std::min<uint64_t>(width, bytes.size() * 8));
  unsigned char last = bits == 0 ? 0 : static_cast<unsigned char>(bytes[(bits - 1) / 8]);
  bool negative = is_signed && bits > 0 && (last >> (bits - 1) % 8 & 1) != 0;
  std::vector<uint32_t> words = LoadNumber(bytes, bits, negative);
  Value value;
  if (bits <= 64) {
    uint64_t low = words.empty() ? 0 : words[0];
    uint64_t high = words.size() > 1 ? words[1] : negative ? UINT32_MAX : 0;
    value.kind = is_signed ? Value::Kind::kSigned : Value::Kind::kUnsigned;
    value.number = high << 32 | low;
    return value;
  }
  if (negative) {
    uint64_t carry = 1;
    for (uint32_t& word : words) {
      carry += static_cast<uint32_t>(~word);
      word = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
  }
  value.kind = Value::Kind::kNumberText;
  value.text = absl::StrCat(negative ? "-" : "", Decimal(std::move(words)));
  return value;
}

// Named by the member at an offset, when there is one.
Value MemberValue(const TypeInfo& type, uint64_t offset) {
  Value value = PlaceValue(Value::Kind::kFunctionPointer, type, offset);
  for (const TypeMember& member : type.members) {
    if (static_cast<uint64_t>(member.offset) != offset) continue;
    value.text = member.name;
    break;
  }
  return value;
}

Value MemberFunctionValue(const TypeInfo& type, uint64_t address) {
  if (address == 0) return NullValue("nullptr");
  if ((address & 1) != 0) return MemberValue(type, address - 1);
  return PlaceValue(Value::Kind::kFunctionPointer, type, address);
}

// One number in hexadecimal.
Value UnknownValue(absl::string_view bytes) {
  Value value;
  value.kind = Value::Kind::kNumberText;
  value.text = "0x";
  for (size_t i = bytes.size(); i > 0; --i) {
    absl::StrAppend(&value.text,
                    absl::Hex(static_cast<unsigned char>(bytes[i - 1]), absl::kZeroPad2));
  }
  return value;
}

}  // namespace

Value RawValue(const TypeInfo& type, absl::string_view bytes) {
  // Larger ones are not recorded, and their digits would take time in proportion to their square.
  if (bytes.size() > kMaxPlainSize) return UnknownValue(bytes);
  uint64_t width = type.count >> 8;
  uint64_t first = LoadBits(bytes);
  switch (static_cast<RawMeaning>(type.count & 0xff)) {
    case RawMeaning::kMember:
      return first == ~uint64_t{0} ? NullValue("nullptr") : MemberValue(type, first);
    case RawMeaning::kMemberFunction:
      return MemberFunctionValue(type, first);
    case RawMeaning::kSigned:
      return NumberValue(bytes, width, true);
    case RawMeaning::kUnsigned:
      return NumberValue(bytes, width, false);
    case RawMeaning::kUnknown:
      break;
  }
  return UnknownValue(bytes);
}

}  // namespace omnitrace::workspace
