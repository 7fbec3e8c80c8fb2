// The bytes of values as a workspace holds them, for tests that write one. See TypeKind in
// runtime/workspace/format.h for which function fits which type.
#ifndef OMNITRACE_TESTS_SUPPORT_ENCODED_VALUES_H_
#define OMNITRACE_TESTS_SUPPORT_ENCODED_VALUES_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace omnitrace::testing {

// A value's bytes; a type of its own so that a text isn't mistaken for its encoding.
struct Encoded {
  std::string bytes;
};

Encoded Varint(uint64_t value);  // kBool, kUnsigned, kChar, unsigned kEnum, addresses
Encoded Signed(int64_t value);   // kSigned, signed kEnum
Encoded Nothing();               // void, nullptr_t
Encoded Null();                  // pointers of all kinds
Encoded Joined(std::initializer_list<Encoded> values);
Encoded Sized(absl::string_view bytes);  // preceded by their length, as the texts of metadata are

// kPointer with an element, kSmartPointer.
Encoded Pointee(uint64_t address, const Encoded& object);
Encoded PointerOnly(uint64_t address);
Encoded Unreadable(uint64_t address);

// kText; `true_size` when the program's text was longer.
Encoded Text(absl::string_view text, std::optional<uint64_t> true_size = {});
// kText of char16_t and char32_t.
Encoded Text16(std::u16string_view text, std::optional<uint64_t> true_size = {});
Encoded Text32(std::u32string_view text);
// kCString.
Encoded CString(uint64_t address, absl::string_view text);

// kSequence, kList, kTree, kDeque, kArray that is not plain.
Encoded Sequence(std::initializer_list<Encoded> elements, std::optional<uint64_t> true_size = {});
// kClass, kTuple that are not plain; elements of maps.
Encoded Record(std::initializer_list<Encoded> members);
Encoded CutRecord();

Encoded Some(const Encoded& value);  // kOptional
Encoded None();
Encoded Alternative(uint64_t index, const Encoded& value);  // kVariant
Encoded Valueless();

Encoded Bytes(const void* object, size_t size);
// kFloat and whatever is stored as its bytes.
template <typename Object>
Encoded Raw(const Object& object) {
  return Bytes(&object, sizeof(object));
}

}  // namespace omnitrace::testing

#endif  // OMNITRACE_TESTS_SUPPORT_ENCODED_VALUES_H_
