#include "runtime/workspace/time_value.h"

#include <charconv>
#include <optional>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace omnitrace::workspace {
namespace {

constexpr int64_t kSecondsPerDay = 86400;
// The years 0 to 9999, in seconds from 1970.
constexpr int64_t kFirstSecond = -62167219200, kLastSecond = 253402300799;

struct Unit {
  Period period;
  const char* name;
};
constexpr Unit kUnits[] = {
    {{1, 1000000000}, "ns"}, {{1, 1000000}, "us"}, {{1, 1000}, "ms"}, {{1, 1}, "s"},
    {{60, 1}, "min"},        {{3600, 1}, "h"},     {{86400, 1}, "d"},
};

std::string UnitName(Period period) {
  for (const Unit& unit : kUnits) {
    bool same =
        unit.period.numerator == period.numerator && unit.period.denominator == period.denominator;
    if (same) return unit.name;
  }
  if (period.denominator == 1) return absl::StrCat("[", period.numerator, "]s");
  return absl::StrCat("[", period.numerator, "/", period.denominator, "]s");
}

std::string CountText(const Value& count) {
  switch (count.kind) {
    case Value::Kind::kSigned:
      return absl::StrCat(count.as_signed());
    case Value::Kind::kUnsigned:
    case Value::Kind::kCharacter:
    case Value::Kind::kBool:
      return absl::StrCat(count.number);
    case Value::Kind::kDouble: {
      if (!count.text.empty()) return count.text;
      char digits[64];
      char* end =
          count.type == "float"
              ? std::to_chars(digits, digits + sizeof digits, static_cast<float>(count.real)).ptr
              : std::to_chars(digits, digits + sizeof digits, count.real).ptr;
      return std::string(digits, end);
    }
    default:
      return count.text;
  }
}

struct CivilDay {
  int64_t year;
  int64_t month;
  int64_t day;
};

// Counts in eras of 400 years that begin in March, so that leap days come last.
CivilDay DayOf(int64_t days_since_1970) {
  constexpr int64_t kDaysPerEra = 146097, kDaysToEpoch = 719468;
  int64_t days = days_since_1970 + kDaysToEpoch;
  int64_t era = (days >= 0 ? days : days - kDaysPerEra + 1) / kDaysPerEra;
  int64_t in_era = days - era * kDaysPerEra;
  int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
  int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
  int64_t month = (5 * in_year + 2) / 153;  // from March
  int64_t day = in_year - (153 * month + 2) / 5 + 1;
  month = month < 10 ? month + 3 : month - 9;
  return {year + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

// How many decimal digits a fraction of a second takes; none when it has no end.
std::optional<int> Digits(int64_t denominator) {
  int64_t power = 1;
  for (int digits = 0; digits <= 18; ++digits, power *= 10) {
    if (power % denominator == 0) return digits;
    if (digits == 18) break;
  }
  return std::nullopt;
}

absl::int128 Floor(absl::int128 number, absl::int128 by) {
  absl::int128 quotient = number / by;
  return number % by < 0 ? quotient - 1 : quotient;
}

std::optional<std::string> CalendarText(const Value& count, Period period) {
  bool whole = count.kind == Value::Kind::kSigned || count.kind == Value::Kind::kUnsigned;
  std::optional<int> digits = Digits(period.denominator);
  if (!whole || !digits) return std::nullopt;
  absl::int128 number = count.kind == Value::Kind::kSigned ? absl::int128(count.as_signed())
                                                           : absl::int128(count.number);
  absl::int128 scaled = number * period.numerator;
  absl::int128 second = Floor(scaled, period.denominator);
  if (second < kFirstSecond || second > kLastSecond) return std::nullopt;
  int64_t power = 1;
  for (int i = 0; i < *digits; ++i) power *= 10;
  int64_t fraction =
      static_cast<int64_t>((scaled - second * period.denominator) * (power / period.denominator));
  int64_t seconds = static_cast<int64_t>(second);
  int64_t day = static_cast<int64_t>(Floor(second, kSecondsPerDay));
  CivilDay civil = DayOf(day);
  int64_t rest = seconds - day * kSecondsPerDay;
  std::string text = absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d", civil.year, civil.month,
                                     civil.day, rest / 3600, rest / 60 % 60, rest % 60);
  if (*digits > 0) absl::StrAppendFormat(&text, ".%0*d", *digits, fraction);
  return text + "Z";
}

}  // namespace

std::string DurationText(const Value& count, Period period) {
  return CountText(count) + UnitName(period);
}

std::string TimePointText(const Value& count, Period period, absl::string_view clock) {
  std::optional<std::string> text;
  bool sound = period.numerator > 0 && period.denominator > 0;
  if (sound && clock == "std::chrono::system_clock") text = CalendarText(count, period);
  return text ? *text : DurationText(count, period);
}

}  // namespace omnitrace::workspace
