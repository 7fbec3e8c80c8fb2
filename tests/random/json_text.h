// Values as `omnitrace calls --json` shows them. A generated program specialises JsonText for its
// own types.
#ifndef OMNITRACE_TESTS_RANDOM_JSON_TEXT_H_
#define OMNITRACE_TESTS_RANDOM_JSON_TEXT_H_

#include <cstdio>
#include <string>
#include <type_traits>
#include <vector>

namespace check {

// A value that the program does not tell.
inline const char* const kAny = "{\"any\": 0}";
struct Untold {};

template <class T>
struct JsonText {
  static std::string Of(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      return value ? "true" : "false";
    } else if constexpr (std::is_same_v<T, char>) {
      return value == 0 ? "\"\\u0000\"" : std::string("\"") + value + "\"";
    } else if constexpr (std::is_integral_v<T>) {
      return std::to_string(value);
    } else if constexpr (std::is_floating_point_v<T>) {
      char text[64];
      std::snprintf(text, sizeof(text), "%.6f", static_cast<double>(value));
      return text;
    } else {
      return kAny;
    }
  }
};
template <>
struct JsonText<std::string> {
  static std::string Of(const std::string& value) { return "\"" + value + "\""; }
};
template <class T>
struct JsonText<T*> {
  static std::string Of(const T* value) {
    return value ? JsonText<std::remove_cv_t<T>>::Of(*value) : "null";
  }
};
template <class Sequence>
std::string JsonOfAll(const Sequence& values) {
  std::string text;
  for (const auto& value : values) {
    text += (text.empty() ? "" : ", ") + JsonText<std::decay_t<decltype(value)>>::Of(value);
  }
  return "[" + text + "]";
}
template <class T>
struct JsonText<std::vector<T>> {
  static std::string Of(const std::vector<T>& value) { return JsonOfAll(value); }
};
template <class T, size_t N>
struct JsonText<T[N]> {
  static std::string Of(const T (&value)[N]) { return JsonOfAll(value); }
};

// A text whose making and end are calls: that keeps accounts small where they are given.
struct Name {
  [[gnu::noinline]] Name(const char* text) : text(text) {}
  [[gnu::noinline]] Name(const std::string& text) : text(text) {}
  [[gnu::noinline]] ~Name() {}
  std::string text;
};

// The members of an object: Fields()("name", value)("other", value).
class Fields {
 public:
  [[gnu::noinline]] Fields() {}
  [[gnu::noinline]] Fields(const Fields& other) : text_(other.text_) {}
  [[gnu::noinline]] ~Fields() {}

  template <class T>
  [[gnu::noinline]] Fields& operator()(const Name& name, const T& value) {
    return Add(name.text, JsonText<std::remove_cv_t<T>>::Of(value));
  }
  std::string Text() const { return "{" + text_ + "}"; }

 private:
  Fields& Add(const std::string& name, const std::string& value) {
    text_ += (text_.empty() ? "\"" : ", \"") + name + "\": " + value;
    return *this;
  }
  std::string text_;
};

}  // namespace check

#endif  // OMNITRACE_TESTS_RANDOM_JSON_TEXT_H_
