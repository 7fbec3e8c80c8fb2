// Numbers and texts off the front of a fuzzer's input; zeros and nothing when it is used up.
#ifndef OMNITRACE_TESTS_FUZZ_BYTES_H_
#define OMNITRACE_TESTS_FUZZ_BYTES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace omnitrace::fuzz {

class Bytes {
 public:
  Bytes(const uint8_t* data, size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  template <typename Number>
  Number Take() {
    Number number = 0;
    std::string_view bytes = TakeText(sizeof(number));
    if (!bytes.empty()) memcpy(&number, bytes.data(), bytes.size());
    return number;
  }
  std::string_view TakeText(size_t most) {
    std::string_view text = rest_.substr(0, std::min(most, rest_.size()));
    rest_.remove_prefix(text.size());
    return text;
  }
  std::string_view TakeLine() {
    std::string_view line = TakeText(rest_.find('\n'));
    TakeText(1);
    return line;
  }
  std::string_view rest() const { return rest_; }
  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace omnitrace::fuzz

#endif  // OMNITRACE_TESTS_FUZZ_BYTES_H_
