#include "tools/output/units.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace omnitrace::tools {

std::string DurationText(uint64_t nanoseconds) {
  if (nanoseconds < 1000) return absl::StrCat(nanoseconds, "ns");
  static constexpr absl::string_view kUnits[] = {"us", "ms", "s"};
  double value = static_cast<double>(nanoseconds) / 1e3;
  size_t unit = 0;
  // 999.95 would be rounded to 1000.
  for (; value >= 999.5 && unit < 2; ++unit) value /= 1e3;
  int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return absl::StrFormat("%.*f%s", decimals, value, kUnits[unit]);
}

std::string SecondsText(uint64_t nanoseconds) {
  return absl::StrFormat("%d.%09d", nanoseconds / 1'000'000'000, nanoseconds % 1'000'000'000);
}

std::string CountText(uint64_t count) {
  std::string text = absl::StrCat(count);
  for (size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, 1, ',');
  return text;
}

std::string BytesText(uint64_t bytes) {
  if (bytes < 1024) return absl::StrCat(bytes, " B");
  static constexpr absl::string_view kUnits[] = {"KiB", "MiB", "GiB", "TiB"};
  double value = static_cast<double>(bytes) / 1024;
  size_t unit = 0;
  for (; value >= 1023.95 && unit < 3; ++unit) value /= 1024;
  return absl::StrFormat("%.1f %s", value, kUnits[unit]);
}

}  // namespace omnitrace::tools
