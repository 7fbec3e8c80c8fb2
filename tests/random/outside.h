// What a generated program uses beside its namespace foo: names of types, a digest of values, and
// frames that are not traced, which exceptions and calls pass.
#ifndef OMNITRACE_TESTS_RANDOM_OUTSIDE_H_
#define OMNITRACE_TESTS_RANDOM_OUTSIDE_H_

#include <cstdio>
#include <string>
#include <vector>

#include "json_text.h"

namespace check {

// As omnitrace spells a type in the name of a template's instance.
template <class T>
const char* kNameOf = nullptr;
template <>
inline const char* kNameOf<bool> = "bool";
template <>
inline const char* kNameOf<char> = "char";
template <>
inline const char* kNameOf<signed char> = "signed char";
template <>
inline const char* kNameOf<unsigned char> = "unsigned char";
template <>
inline const char* kNameOf<short> = "short";
template <>
inline const char* kNameOf<int> = "int";
template <>
inline const char* kNameOf<unsigned int> = "unsigned int";
template <>
inline const char* kNameOf<long> = "long";
template <>
inline const char* kNameOf<unsigned long long> = "unsigned long long";
template <>
inline const char* kNameOf<float> = "float";
template <>
inline const char* kNameOf<double> = "double";
template <>
inline const char* kNameOf<long double> = "long double";
template <>
inline const char* kNameOf<std::string> = "std::string";
template <>
inline const char* kNameOf<std::vector<int>> = "std::vector<int>";

template <class... Parts>
std::string Join(const Parts&... parts) {
  return (std::string() + ... + parts);
}

template <class... Ts>
std::string NamesOf() {
  std::string text;
  ((text += (text.empty() ? "" : ", ") + std::string(kNameOf<Ts>)), ...);
  return text;
}

template <class T>
[[gnu::noinline]] unsigned Mix(unsigned digest, const T& value) {
  for (unsigned char c : JsonText<std::remove_cv_t<T>>::Of(value)) digest = digest * 31 + c;
  return digest;
}

// A parameter pack's members after the first have numbers.
template <class... Ts>
Fields PackFields(const std::string& name, Fields fields, const Ts&... values) {
  int number = 0;
  auto add = [&](const auto& value) {
    ++number;
    fields(number == 1 ? name : Join(name, "#", std::to_string(number)), value);
  };
  (add(values), ...);
  return fields;
}

inline void Print(unsigned digest) { std::printf("%u\n", digest); }

// Deletes at the end of its scope.
template <class T>
struct Owner {
  explicit Owner(T* object) : object(object) {}
  ~Owner() { delete object; }
  Owner(const Owner&) = delete;
  T* operator->() const { return object; }
  T& operator*() const { return *object; }
  T* object;
};

template <class F>
[[gnu::noinline]] unsigned Apply(F&& function, unsigned value) {
  std::string kept(value % 40, 'x');
  return function(value) + static_cast<unsigned>(kept.size());
}

// Catches and throws on.
template <class F>
[[gnu::noinline]] unsigned ApplyAndRethrow(F&& function, unsigned value) {
  try {
    return function(value);
  } catch (...) {
    throw;
  }
}

}  // namespace check

#endif  // OMNITRACE_TESTS_RANDOM_OUTSIDE_H_
