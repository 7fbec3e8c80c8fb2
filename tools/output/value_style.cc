#include "tools/output/value_style.h"

#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/support/demangle.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {

using workspace::Value;

namespace {

// The first template argument of a type whose name begins with `prefix`, "" of another.
std::string FirstArgument(absl::string_view name, absl::string_view prefix) {
  if (!absl::ConsumePrefix(&name, prefix)) return "";
  int depth = 0;
  for (size_t i = 0; i < name.size(); ++i) {
    if (depth == 0 && (name[i] == ',' || name[i] == '>')) return std::string(name.substr(0, i));
    if (absl::StrContains("<({", name[i])) ++depth;
    if (absl::StrContains(">)}", name[i])) --depth;
  }
  return "";
}

}  // namespace

ValueStyle ValueStyleOf(const CommandLine& line) {
  return {.stable = line.Has("stable"), .types = line.Has("types")};
}

std::string SourceFile(const std::string& path, const ValueStyle& style) {
  return style.stable ? std::filesystem::path(path).filename().string() : path;
}

std::string AddressText(uint64_t address, const ValueStyle& style) {
  return style.stable ? "0x…" : absl::StrCat("0x", absl::Hex(address));
}

absl::string_view UnqualifiedName(absl::string_view name) {
  size_t start = 0;
  int depth = 0;
  for (size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '<' || name[i] == '(') ++depth;
    if (name[i] == '>' || name[i] == ')') --depth;
    if (depth == 0 && name[i] == ':') start = i + 1;
  }
  return name.substr(start);
}

std::string EnumeratorName(const Value& value) {
  if (!value.text.empty()) return Escaped(value.text);
  std::string number =
      value.is_unsigned ? absl::StrCat(value.number) : absl::StrCat(value.as_signed());
  return absl::StrCat(Escaped(UnqualifiedName(value.type)), "(", number, ")");
}

std::string BoolText(const Value& value) {
  if (value.number > 1) return absl::StrCat("bool(", value.number, ")");
  return value.number == 1 ? "true" : "false";
}

std::string ClassName(const Value& type_name) {
  static constexpr struct {
    const char* type;
    const char* category;
  } kCategories[] = {
      {"(anonymous namespace)::generic_error_category", "generic"},
      {"(anonymous namespace)::system_error_category", "system"},
      {"(anonymous namespace)::io_error_category", "iostream"},
      {"(anonymous namespace)::future_error_category", "future"},
      {"std::__1::__generic_error_category", "generic"},
      {"std::__1::__system_error_category", "system"},
      {"std::__1::__iostream_category", "iostream"},
      {"std::__1::__future_error_category", "future"},
  };
  absl::string_view mangled = type_name.text;
  // A star marks a name that is compared by its address.
  absl::ConsumePrefix(&mangled, "*");
  std::string name = Demangle(mangled);
  for (const auto& known : kCategories) {
    if (name == known.type) return known.category;
  }
  // What libc++ wraps the target of a std::function in.
  std::string target = FirstArgument(name, "std::__1::__function::__func<");
  return target.empty() ? name : target;
}

uint32_t CodeUnit(const Value& character) {
  bool wide =
      absl::StrContains(character.type, "wchar_t") || absl::StrContains(character.type, "char32_t");
  uint32_t mask = wide ? 0xffffffff : absl::StrContains(character.type, "char16_t") ? 0xffff : 0xff;
  return static_cast<uint32_t>(character.number) & mask;
}

absl::string_view HeldText(const Value& string) {
  return string.is_cut() ? WithoutCutCharacter(string.text) : string.text;
}

}  // namespace omnitrace::tools
