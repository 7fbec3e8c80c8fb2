#include "tools/support/utf8.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace omnitrace::tools {
namespace {

// What the first byte of a character promises; 0: no first byte.
size_t PromisedLength(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// `text` is one valid character.
uint32_t CodePoint(absl::string_view text) {
  unsigned char first = static_cast<unsigned char>(text[0]);
  if (text.size() == 1) return first;
  uint32_t code = first & (0xffu >> (text.size() + 1));
  for (char c : text.substr(1)) code = code << 6 | (static_cast<unsigned char>(c) & 0x3f);
  return code;
}

bool IsHarmful(uint32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x200e && code <= 0x200f) ||
         (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

// Of the printable ASCII that `text` starts with: nearly all of it, nearly always.
size_t PlainLength(absl::string_view text, absl::string_view quoted) {
  size_t length = 0;
  while (length < text.size() && text[length] >= 0x20 && text[length] < 0x7f &&
         quoted.find(text[length]) == absl::string_view::npos) {
    ++length;
  }
  return length;
}

void AppendHarmful(uint32_t code, std::string* out) {
  switch (code) {
    case '\n':
      *out += "\\n";
      return;
    case '\r':
      *out += "\\r";
      return;
    case '\t':
      *out += "\\t";
      return;
    case '\0':
      *out += "\\0";
      return;
    default:
      absl::StrAppend(out, code < 0x80 ? "\\x" : "\\u",
                      absl::Hex(code, code < 0x80 ? absl::kZeroPad2 : absl::kZeroPad4));
  }
}

}  // namespace

size_t Utf8Length(absl::string_view text) {
  if (text.empty()) return 0;
  size_t length = PromisedLength(static_cast<unsigned char>(text[0]));
  if (length <= 1) return length;
  if (text.size() < length) return 0;
  text = text.substr(0, length);
  if (!std::all_of(text.begin() + 1, text.end(), IsContinuation)) return 0;
  uint32_t code = CodePoint(text);
  if (length == 3 && (code < 0x800 || (code >= 0xd800 && code < 0xe000))) return 0;
  if (length == 4 && (code < 0x10000 || code > 0x10ffff)) return 0;
  return length;
}

bool IsUtf8(absl::string_view text) {
  while (!text.empty()) {
    size_t length = Utf8Length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

absl::string_view WithoutCutCharacter(absl::string_view text) {
  for (size_t tail = 1; tail <= std::min<size_t>(3, text.size()); ++tail) {
    char first = text[text.size() - tail];
    if (IsContinuation(first)) continue;
    bool cut = PromisedLength(static_cast<unsigned char>(first)) > tail;
    return cut ? text.substr(0, text.size() - tail) : text;
  }
  return text;
}

bool AppendUtf8(uint32_t code, std::string* out) {
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
  auto put = [&](uint32_t byte) { *out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
    return true;
  }
  int continuations = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  put((0xff00u >> (continuations + 1) & 0xff) | code >> (6 * continuations));
  for (int i = continuations - 1; i >= 0; --i) put(0x80 | (code >> (6 * i) & 0x3f));
  return true;
}

void AppendEscaped(absl::string_view text, absl::string_view quoted, std::string* out) {
  while (!text.empty()) {
    size_t plain = PlainLength(text, quoted);
    out->append(text.data(), plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    size_t length = Utf8Length(text);
    if (length == 0) {
      absl::StrAppend(out, "\\x", absl::Hex(static_cast<unsigned char>(text[0]), absl::kZeroPad2));
      text.remove_prefix(1);
      continue;
    }
    absl::string_view character = text.substr(0, length);
    if (uint32_t code = CodePoint(character); IsHarmful(code)) {
      AppendHarmful(code, out);
    } else {
      if (length == 1 && quoted.find(character[0]) != absl::string_view::npos) *out += '\\';
      out->append(character.data(), character.size());
    }
    text.remove_prefix(length);
  }
}

std::string Escaped(absl::string_view text, absl::string_view quoted) {
  std::string out;
  AppendEscaped(text, quoted, &out);
  return out;
}

}  // namespace omnitrace::tools
