// Characters of all types and texts of them: valid UTF-8 always, with what cannot be shown escaped.
// RUN: %values -std=c++20
#include <cstring>

#include "values.h"

struct Name {
  char text[8];
};
struct Buffer {
  char text[403];
  wchar_t wide[100];
};

int main() {
  takes('a');                      // 'a' | "a" | characters
  takes('\n');                     // '\n' | "\n"
  takes('\'');                     // '\'' | "'"
  takes('\0');                     // '\0' | "\u0000"
  takes('\xe4');                   // '\xe4' | {"escaped": "\\xe4"} | - that are not UTF-8
  takes(L'\u00e4');                // 'ä' | "ä"
  takes(u8'x');                    // 'x' | "x"
  gives(u'\u20ac');                // '€' | "€"
  takes(U'\U0001f600');            // '😀' | "😀"
  takes(u'\xd800');                // '\xd800' | {"escaped": "\\xd800"}
  takes(static_cast<char32_t>(0x110000));  // '\x110000' | {"escaped": "\\x110000"}
  takes(static_cast<wchar_t>(-1));         // '\xffffffff' | {"escaped": "\\xffffffff"}
  takes(static_cast<signed char>('a'));    // 97 | 97
  takes("a\"b\n");                 // "a\"b\n" | "a\"b\n" | texts
  takes("\xc3\xa4 \xff \\");       // "ä \xff \\" | {"escaped": "ä \\xff \\\\"}
  takes("\x1b[31m\xe2\x80\xae");   // "\x1b[31m\u202e" | "\u001b[31m‮"
  takes(L"wide \u20ac");           // "wide €" | "wide €"
  takes(u8"\u00e4");               // "ä" | "ä"
  takes(u"pair \U0001f600");       // "pair 😀" | "pair 😀"
  takes(u"lone \xdc00 low");       // "lone \xdc00 low" | {"escaped": "lone \\xdc00 low"}
  takes(U"far \U0001f600");        // "far 😀" | "far 😀"
  takes(static_cast<const char*>(nullptr));  // nullptr | null
  takes(reinterpret_cast<const char*>(16));  // <unreadable at 0x…> | {"at": "0x…", "unreadable": true}
  gives(Name{"abc"});              // {text: "abc"} | {"text": "abc"}
  Name full;
  std::memcpy(full.text, "abcdefgh", 8);
  takes(full);                     // {text: "abcdefgh"} | {"text": "abcdefgh"}
  sees(Buffer{"abc", L"\u20ac"});   // {text: "abc", wide: "€"} | {"text": "abc", "wide": "€"}
  Buffer buffer = {};
  buffer.text[0] = 'x';
  buffer.text[2] = 'y';  // behind the end
  takes(&buffer);                  // *0x… {text: "x", wide: ""} | {"at": "0x…", "text": "x", "wide": ""}
  sees(u"ab");                     // "ab" | "ab"
  sees(L"ab");                     // "ab" | "ab"
}
