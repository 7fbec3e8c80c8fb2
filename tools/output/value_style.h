// What the printers of calls and values have in common.
#ifndef OMNITRACE_TOOLS_OUTPUT_VALUE_STYLE_H_
#define OMNITRACE_TOOLS_OUTPUT_VALUE_STYLE_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "runtime/workspace/value.h"
#include "tools/support/command_line.h"

namespace omnitrace::tools {

inline constexpr Option kTypesOption = {0, "types", "",
                                        "with the declared types of arguments, this and results"};

struct ValueStyle {
  bool stable = false;  // addresses differ from run to run: all become 0x…
  bool types = false;   // those that the function declares, before the values
};

// From --stable and --types.
ValueStyle ValueStyleOf(const CommandLine& line);

// A source file; when stable without its folder, which depends on where the program was built.
std::string SourceFile(const std::string& path, const ValueStyle& style);

std::string AddressText(uint64_t address, const ValueStyle& style);
// "Coin" from "foo::Coin", "List<a::B>" from "foo::List<a::B>".
absl::string_view UnqualifiedName(absl::string_view name);
// "nickel", or "Flags(77)" when the number has no enumerator.
std::string EnumeratorName(const workspace::Value& value);
// "true", or "bool(2)" when the memory held what is no bool.
std::string BoolText(const workspace::Value& value);
// Of a type that an object was found to be of: "foo::Error"; an error category of the standard
// library has its own name, "generic", and the target of a std::function that of what is called.
std::string ClassName(const workspace::Value& type_name);
// A character's code unit, without the sign that a wider type gave it.
uint32_t CodeUnit(const workspace::Value& character);
// The recorded part, without the character that the cut has divided.
absl::string_view HeldText(const workspace::Value& string);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_VALUE_STYLE_H_
