#include "tools/attach/strings.h"

#include <cstdint>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "js/CharacterEncoding.h"
#include "js/Conversions.h"
#include "js/String.h"
#include "tools/support/utf8.h"

namespace omnitrace::attach {

std::string ToText(JSContext* context, JS::HandleString string) {
  JS::UniqueChars bytes = JS_EncodeStringToUTF8(context, string);
  if (bytes == nullptr) {
    JS_ClearPendingException(context);
    return "";
  }
  // A text may hold zeros, which the bytes' end can't be told from.
  JSLinearString* linear = JS_EnsureLinearString(context, string);
  if (linear == nullptr) return bytes.get();
  return std::string(bytes.get(), JS::GetDeflatedUTF8StringLength(linear));
}

bool ToText(JSContext* context, JS::HandleValue value, std::string* text) {
  JS::RootedString string(context, JS::ToString(context, value));
  if (string == nullptr) return false;
  *text = ToText(context, string);
  return true;
}

std::string Repaired(absl::string_view bytes) {
  if (tools::IsUtf8(bytes)) return std::string(bytes);
  std::string text;
  while (!bytes.empty()) {
    size_t length = tools::Utf8Length(bytes);
    absl::StrAppend(&text, length == 0 ? "\xef\xbf\xbd" : bytes.substr(0, length));
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

bool IsAscii(absl::string_view text) {
  const char* in = text.data();
  const char* end = in + text.size();
  uint64_t bits = 0;
  for (; end - in >= 8; in += 8) {
    uint64_t word;
    memcpy(&word, in, sizeof(word));
    bits |= word;
  }
  for (; in != end; ++in) bits |= static_cast<unsigned char>(*in);
  return (bits & 0x8080808080808080) == 0;
}

JSString* NewString(JSContext* context, absl::string_view text) {
  if (IsAscii(text)) return JS_NewStringCopyN(context, text.data(), text.size());
  return JS_NewStringCopyUTF8N(context, JS::UTF8Chars(text.data(), text.size()));
}

}  // namespace omnitrace::attach
