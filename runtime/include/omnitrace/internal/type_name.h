// The name of a type, spelled as the plugin spells it as far as the compiler goes along.
#ifndef OMNITRACE_INTERNAL_TYPE_NAME_H_
#define OMNITRACE_INTERNAL_TYPE_NAME_H_

#include <cstddef>
#include <string_view>

#pragma GCC visibility push(hidden)
namespace omnitrace::internal {

// Out of "constexpr auto omnitrace::internal::FullName() [with T = int]".
template <typename T>
constexpr auto FullName() {
  std::string_view function = __PRETTY_FUNCTION__;
  size_t start = function.find("T = ") + 4;
  return function.substr(start, function.rfind(']') - start);
}

struct Spelling {
  std::string_view full, familiar;
};
inline constexpr Spelling kSpellings[] = {
    {"std::__cxx11::", "std::"},
    {"std::__1::", "std::"},
    {"basic_string<char>", "string"},
    {"basic_string_view<char>", "string_view"},
    {"{anonymous}", "(anonymous namespace)"},
};

constexpr Spelling FindSpelling(std::string_view text) {
  for (const Spelling& spelling : kSpellings) {
    if (text.substr(0, spelling.full.size()) == spelling.full) return spelling;
  }
  return {text.substr(0, 1), text.substr(0, 1)};
}

// Calls `put` with each character.
template <typename Put>
constexpr void Spell(std::string_view full, Put put) {
  while (!full.empty()) {
    Spelling spelling = FindSpelling(full);
    for (char character : spelling.familiar) put(character);
    full.remove_prefix(spelling.full.size());
  }
}

template <typename T>
constexpr size_t NameSize() {
  size_t size = 0;
  Spell(FullName<T>(), [&size](char) { ++size; });
  return size;
}

template <typename T>
struct Name {
  char text[NameSize<T>() + 1];
};

template <typename T>
constexpr Name<T> MakeName() {
  Name<T> name{};
  char* out = name.text;
  Spell(FullName<T>(), [&out](char character) { *out++ = character; });
  return name;
}

template <typename T>
inline constexpr Name<T> kName = MakeName<T>();

// Whether it is a class of the template `name`, such as "std::pair".
template <typename T>
constexpr bool IsOf(std::string_view name) {
  std::string_view text = kName<T>.text;
  return text.substr(0, name.size()) == name && text[name.size()] == '<';
}

// Whether it is a class of the standard library.
template <typename T>
constexpr bool IsOfLibrary() {
  return FullName<T>().substr(0, 5) == "std::";
}

}  // namespace omnitrace::internal
#pragma GCC visibility pop

#endif  // OMNITRACE_INTERNAL_TYPE_NAME_H_
