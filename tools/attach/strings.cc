#include "tools/attach/strings.h"

#include <cstdint>
#include <cstring>

#include "js/CharacterEncoding.h"
#include "js/Conversions.h"
#include "js/String.h"

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
