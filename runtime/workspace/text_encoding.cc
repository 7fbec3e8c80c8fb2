#include "runtime/workspace/text_encoding.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "absl/strings/str_cat.h"

namespace omnitrace::workspace {
namespace {

template <typename Unit>
uint32_t LoadUnit(absl::string_view bytes, size_t index) {
  Unit unit;
  memcpy(&unit, bytes.data() + index * sizeof(unit), sizeof(unit));
  return unit;
}

void AppendUtf8(uint32_t point, std::string* out) {
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

bool IsScalar(uint32_t point) {
  return point <= 0x10ffff && (point < 0xd800 || point >= 0xe000);
}

// The code points, where a surrogate without its other half stands for itself.
std::vector<uint32_t> CodePoints(absl::string_view bytes, uint32_t width) {
  std::vector<uint32_t> points;
  size_t units = bytes.size() / width;
  for (size_t i = 0; i < units; ++i) {
    uint32_t point = width == 2 ? LoadUnit<uint16_t>(bytes, i) : LoadUnit<uint32_t>(bytes, i);
    if (width == 2 && point >= 0xd800 && point < 0xdc00 && i + 1 < units) {
      uint32_t low = LoadUnit<uint16_t>(bytes, i + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        ++i;
      }
    }
    points.push_back(point);
  }
  return points;
}

}  // namespace

Utf8Text ToUtf8(absl::string_view bytes, uint32_t width) {
  if (width != 2 && width != 4) return {std::string(bytes)};
  std::vector<uint32_t> points = CodePoints(bytes, width);
  Utf8Text result;
  result.escaped = !std::all_of(points.begin(), points.end(), IsScalar);
  for (uint32_t point : points) {
    if (!IsScalar(point)) {
      absl::StrAppend(&result.text, "\\x", absl::Hex(point));
      continue;
    }
    if (result.escaped && point == '\\') result.text += '\\';
    AppendUtf8(point, &result.text);
  }
  return result;
}

}  // namespace omnitrace::workspace
