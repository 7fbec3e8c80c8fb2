// Strings and views of all characters, short ones that lie inside the object and long ones.
// RUN: %values -std=c++20
#include <string>
#include <string_view>

#include "values.h"

int main() {
  takes(std::string("short"));                   // "short" | "short" | std::string
  takes(std::string());                          // "" | ""
  takes(std::string("exactly 22 characters."));  // "exactly 22 characters." | "exactly 22 characters."
  takes(std::string("just over 22 characters"));
  // "just over 22 characters" | "just over 22 characters"
  gives(std::string("longer than any small-string buffer"));
  // "longer than any small-string buffer" | "longer than any small-string buffer"
  takes(std::string("a\0b\n\"", 5));             // "a\0b\n\"" | "a\u0000b\n\""
  takes(std::wstring(L"\u00e9"));                // "é" | "é"
  takes(std::u16string(u"\u20ac and longer"));   // "€ and longer" | "€ and longer"
  takes(std::u32string(U"\U0001f600"));          // "😀" | "😀"
  takes(std::u8string(u8"\u00e9"));              // "é" | "é"
  takes(std::string_view("view of text", 4));    // "view" | "view" | std::string_view
  takes(std::string_view());                     // "" | ""
  std::string moved = "moved from, once it was long enough";
  std::string target = std::move(moved);
  sees(moved);                                   // "" | ""
}
