#include "runtime/workspace/text_encoding.h"

#include <cstring>

namespace omnitrace::workspace {
namespace {

constexpr uint32_t kReplacement = 0xfffd;

template <typename Unit>
uint32_t LoadUnit(absl::string_view bytes, size_t index) {
  Unit unit;
  memcpy(&unit, bytes.data() + index * sizeof(unit), sizeof(unit));
  return unit;
}

void AppendUtf8(uint32_t point, std::string* out) {
  if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) point = kReplacement;
  auto continuation = [](uint32_t bits) { return static_cast<char>(0x80 | (bits & 0x3f)); };
  if (point < 0x80) {
    out->push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    out->push_back(static_cast<char>(0xc0 | point >> 6));
    out->push_back(continuation(point));
  } else if (point < 0x10000) {
    out->push_back(static_cast<char>(0xe0 | point >> 12));
    out->push_back(continuation(point >> 6));
    out->push_back(continuation(point));
  } else {
    out->push_back(static_cast<char>(0xf0 | point >> 18));
    out->push_back(continuation(point >> 12));
    out->push_back(continuation(point >> 6));
    out->push_back(continuation(point));
  }
}

std::string FromUtf16(absl::string_view bytes) {
  std::string out;
  size_t units = bytes.size() / 2;
  for (size_t i = 0; i < units; ++i) {
    uint32_t point = LoadUnit<uint16_t>(bytes, i);
    if (point >= 0xd800 && point < 0xdc00 && i + 1 < units) {
      uint32_t low = LoadUnit<uint16_t>(bytes, i + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        ++i;
      }
    }
    AppendUtf8(point, &out);
  }
  return out;
}

}  // namespace

std::string ToUtf8(absl::string_view bytes, uint32_t width) {
  if (width == 2) return FromUtf16(bytes);
  if (width != 4) return std::string(bytes);
  std::string out;
  for (size_t i = 0; i < bytes.size() / 4; ++i) AppendUtf8(LoadUnit<uint32_t>(bytes, i), &out);
  return out;
}

}  // namespace omnitrace::workspace
