// Takes numbers and texts off the front of bytes that nobody vouches for. Once something doesn't
// fit, ok() is false for good and everything after it is 0 or empty, so callers check once.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_BYTE_PARSER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_BYTE_PARSER_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "runtime/workspace/coding.h"

namespace omnitrace::workspace {

class ByteParser {
 public:
  explicit ByteParser(absl::string_view bytes) : ByteParser(bytes, 0) {}
  // From `position` on.
  ByteParser(absl::string_view bytes, size_t position)
      : begin_(bytes.data()), in_(bytes.data() + position), end_(bytes.data() + bytes.size()) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return in_ == end_; }
  absl::string_view Rest() const { return {in_, static_cast<size_t>(end_ - in_)}; }
  size_t left() const { return static_cast<size_t>(end_ - in_); }
  size_t position() const { return static_cast<size_t>(in_ - begin_); }
  const char* cursor() const { return in_; }

  uint64_t Varint() {
    uint64_t value = 0;
    const char* next = GetVarint(in_, end_, &value);
    if (next == nullptr) {
      Fail();
      return 0;
    }
    in_ = next;
    return value;
  }

  // A varint that must fit into 32 bits.
  uint32_t Varint32() {
    uint64_t value = Varint();
    if (value > UINT32_MAX) Fail();
    return ok_ ? static_cast<uint32_t>(value) : 0;
  }

  uint8_t Byte() {
    absl::string_view byte = Raw(1);
    return byte.empty() ? 0 : static_cast<uint8_t>(byte[0]);
  }

  absl::string_view Raw(uint64_t length) {
    if (length > left()) {
      Fail();
      return {};
    }
    absl::string_view bytes(in_, static_cast<size_t>(length));
    in_ += length;
    return bytes;
  }

  absl::string_view Text() { return Raw(Varint()); }

  void SkipVarints(uint32_t count) {
    // The first byte tells the length: no need to assemble the value.
    for (; count > 0; --count) {
      if (in_ == end_) return Fail();
      unsigned char first = static_cast<unsigned char>(*in_);
      size_t bytes = first == 0 ? 9 : static_cast<size_t>(__builtin_ctz(first)) + 1;
      if (bytes > left()) return Fail();
      in_ += bytes;
    }
  }

 private:
  void Fail() {
    ok_ = false;
    in_ = end_;
  }

  const char* begin_;
  const char* in_;
  const char* end_;
  bool ok_ = true;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_BYTE_PARSER_H_
