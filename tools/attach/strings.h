// Texts from and to the engine.
#ifndef OMNITRACE_TOOLS_ATTACH_STRINGS_H_
#define OMNITRACE_TOOLS_ATTACH_STRINGS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "js/RootingAPI.h"
#include "jsapi.h"

namespace omnitrace::attach {

// UTF-8; half of a surrogate pair becomes U+FFFD. Empty when memory is out.
std::string ToText(JSContext* context, JS::HandleString string);
// Of any value, as String() converts it. Null: an exception is pending.
bool ToText(JSContext* context, JS::HandleValue value, std::string* text);

// What is not UTF-8 becomes U+FFFD.
std::string Repaired(absl::string_view bytes);

bool IsAscii(absl::string_view text);
// `text` must be UTF-8. Null: an exception is pending.
JSString* NewString(JSContext* context, absl::string_view text);

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_STRINGS_H_
