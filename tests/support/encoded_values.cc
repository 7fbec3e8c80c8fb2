#include "tests/support/encoded_values.h"

#include "runtime/workspace/coding.h"
#include "runtime/workspace/format.h"

namespace omnitrace::testing {
namespace {

Encoded Byte(uint8_t byte) { return {std::string(1, static_cast<char>(byte))}; }

Encoded Characters(const void* text, size_t count, size_t width,
                   std::optional<uint64_t> true_size) {
  return Joined({Varint(true_size.value_or(count)), Varint(count), Bytes(text, count * width)});
}

}  // namespace

Encoded Varint(uint64_t value) {
  char buffer[kVarintSlack];
  return {std::string(buffer, PutVarint(buffer, value))};
}

Encoded Signed(int64_t value) { return Varint(ZigZag(value)); }
Encoded Nothing() { return {}; }
Encoded Null() { return Varint(0); }

Encoded Joined(std::initializer_list<Encoded> values) {
  Encoded joined;
  for (const Encoded& value : values) joined.bytes += value.bytes;
  return joined;
}

Encoded Sized(absl::string_view bytes) {
  return Joined({Varint(bytes.size()), {std::string(bytes)}});
}

Encoded Pointee(uint64_t address, const Encoded& object) {
  return Joined({Varint(address), Byte(kStateValue), object});
}
Encoded PointerOnly(uint64_t address) { return Joined({Varint(address), Byte(kStateAbsent)}); }
Encoded Unreadable(uint64_t address) { return Joined({Varint(address), Byte(kStateUnreadable)}); }

Encoded Text(absl::string_view text, std::optional<uint64_t> true_size) {
  return Characters(text.data(), text.size(), 1, true_size);
}
Encoded Text16(std::u16string_view text, std::optional<uint64_t> true_size) {
  return Characters(text.data(), text.size(), 2, true_size);
}
Encoded Text32(std::u32string_view text) { return Characters(text.data(), text.size(), 4, {}); }
Encoded CString(uint64_t address, absl::string_view text) { return Pointee(address, Text(text)); }

Encoded Sequence(std::initializer_list<Encoded> elements, std::optional<uint64_t> true_size) {
  return Joined(
      {Varint(true_size.value_or(elements.size())), Varint(elements.size()), Joined(elements)});
}

Encoded Record(std::initializer_list<Encoded> members) {
  return Joined({Byte(kStateValue), Joined(members)});
}
Encoded CutRecord() { return Byte(kStateAbsent); }

Encoded Some(const Encoded& value) { return Joined({Byte(1), value}); }
Encoded None() { return Byte(0); }
Encoded Alternative(uint64_t index, const Encoded& value) {
  return Joined({Varint(index + 1), value});
}
Encoded Valueless() { return Varint(0); }

Encoded Bytes(const void* object, size_t size) {
  return {std::string(static_cast<const char*>(object), size)};
}

}  // namespace omnitrace::testing
