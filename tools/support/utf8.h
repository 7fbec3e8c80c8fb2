// Text that may or may not be UTF-8: recorded strings, names from damaged files.
#ifndef OMNITRACE_TOOLS_SUPPORT_UTF8_H_
#define OMNITRACE_TOOLS_SUPPORT_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace omnitrace::tools {

// Bytes of the character that `text` starts with; 0 when that is no valid UTF-8 (overlong forms,
// surrogates and cut characters are not) or `text` is empty.
size_t Utf8Length(absl::string_view text);
bool IsUtf8(absl::string_view text);
// `text` without the character that a cut at its end has left incomplete.
absl::string_view WithoutCutCharacter(absl::string_view text);

// False for surrogates and beyond Unicode; then nothing is appended.
bool AppendUtf8(uint32_t code_point, std::string* out);

// Valid UTF-8 that cannot harm a terminal: control and bidirectional characters and invalid bytes
// become \n, \x1b, \u202e ...; a character of `quoted` gets a backslash before it.
void AppendEscaped(absl::string_view text, absl::string_view quoted, std::string* out);
std::string Escaped(absl::string_view text, absl::string_view quoted = "");

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_UTF8_H_
