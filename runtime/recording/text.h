// Text in a fixed buffer, for paths and messages: nothing here allocates.
#ifndef OMNITRACE_RUNTIME_RECORDING_TEXT_H_
#define OMNITRACE_RUNTIME_RECORDING_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace omnitrace::recording {

// `text` from `first` on, which must not be beyond its end: substr() would bring in the C++
// library.
constexpr std::string_view From(std::string_view text, size_t first) {
  return std::string_view(text.data() + first, text.size() - first);
}

// What does not fit is left out, and whole() is false from then on.
template <size_t kCapacity>
class Text {
 public:
  Text& operator<<(std::string_view part) {
    for (char c : part) {
      if (size_ + 1 >= kCapacity) {
        whole_ = false;
        break;
      }
      bytes_[size_++] = c;
    }
    bytes_[size_] = '\0';
    return *this;
  }
  Text& operator<<(const char* part) { return *this << std::string_view(part); }
  Text& operator<<(uint64_t number) {
    char digits[20];
    size_t first = sizeof(digits);
    do {
      digits[--first] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number != 0);
    return *this << std::string_view(digits + first, sizeof(digits) - first);
  }
  void Clear() {
    size_ = 0;
    bytes_[0] = '\0';
    whole_ = true;
  }
  // For writers that fill the buffer themselves: capacity() bytes at buffer(), then resize.
  char* buffer() { return bytes_; }
  static constexpr size_t capacity() { return kCapacity - 1; }
  void Resize(size_t size) {
    size_ = size < kCapacity ? size : kCapacity - 1;
    bytes_[size_] = '\0';
  }

  const char* c_str() const { return bytes_; }
  std::string_view view() const { return std::string_view(bytes_, size_); }
  bool empty() const { return size_ == 0; }
  bool whole() const { return whole_; }

 private:
  size_t size_ = 0;
  bool whole_ = true;
  char bytes_[kCapacity] = {};
};

using Path = Text<1024>;
using Message = Text<1536>;

// One line on standard error: "omnitrace: MESSAGE".
void Complain(const Message& message);

// "Permission denied" and the like, for the errors that opening and writing files can have.
std::string_view ErrorText(long result);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_TEXT_H_
