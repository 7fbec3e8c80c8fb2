#include "runtime/recording/options.h"

namespace omnitrace::recording {
namespace {

enum class ValueKind : uint8_t { kCount, kAny, kBytes, kFraction, kNesting, kTime };

// Readers look 64 deep, and the traced thread's stack is not ours.
constexpr uint64_t kMostNesting = 40;

struct LimitRow {
  std::string_view key;
  uint64_t Limits::*field;
  ValueKind kind;
};

constexpr LimitRow kLimitRows[] = {
#define LIMIT(key, field, value, kind, meaning) {key, &Limits::field, ValueKind::kind},
#include "runtime/recording/options.inc"
#undef LIMIT
};

bool ParseNumber(std::string_view text, uint64_t* number) {
  if (text.empty() || text.size() > 18) return false;
  *number = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return false;
    *number = *number * 10 + static_cast<uint64_t>(c - '0');
  }
  return true;
}

// 64, 64K, 64M, 64G, with or without a B or iB behind; always powers of 1024.
bool ParseBytes(std::string_view text, uint64_t* bytes) {
  if (text.size() > 2 && From(text, text.size() - 2) == "iB") text.remove_suffix(2);
  if (!text.empty() && text.back() == 'B') text.remove_suffix(1);
  unsigned shift = 0;
  if (!text.empty()) {
    switch (text.back()) {
      case 'K':
      case 'k':
        shift = 10;
        break;
      case 'M':
        shift = 20;
        break;
      case 'G':
        shift = 30;
        break;
      default:
        break;
    }
  }
  if (shift != 0) text.remove_suffix(1);
  if (!ParseNumber(text, bytes) || *bytes > UINT64_MAX >> shift) return false;
  *bytes <<= shift;
  return true;
}

// 10us, 5ms, 2s, in nanoseconds.
bool ParseTime(std::string_view text, uint64_t* time) {
  struct Unit {
    std::string_view name;
    uint64_t nanoseconds;
  };
  // The first that the text ends in: "s" is the end of them all.
  constexpr Unit kUnits[] = {{"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}};
  for (const Unit& unit : kUnits) {
    if (text.size() < unit.name.size()) continue;
    size_t digits = text.size() - unit.name.size();
    if (From(text, digits) != unit.name) continue;
    if (!ParseNumber(text.substr(0, digits), time)) return false;
    return !__builtin_mul_overflow(*time, unit.nanoseconds, time) && *time < Limits::kNoLimit;
  }
  return false;
}

bool ParseLimitValue(ValueKind kind, std::string_view text, uint64_t* value) {
  switch (kind) {
    case ValueKind::kBytes:
      return ParseBytes(text, value) && *value > 0;
    case ValueKind::kFraction:
      if (text.substr(0, 2) != "1/") return false;
      text.remove_prefix(2);
      break;
    case ValueKind::kAny:
      return ParseNumber(text, value);
    case ValueKind::kTime:
      return ParseTime(text, value) && *value > 0;
    case ValueKind::kNesting:
      return ParseNumber(text, value) && *value > 0 && *value <= kMostNesting;
    case ValueKind::kCount:
      break;
  }
  return ParseNumber(text, value) && *value > 0;
}

// throw:foo::Error or over:foo::handle:10ms
bool ParseFreeze(std::string_view value, Limits* limits) {
  size_t colon = value.find(':');
  if (colon == std::string_view::npos) return false;
  std::string_view trigger = value.substr(0, colon);
  std::string_view what = From(value, colon + 1);
  if (trigger == "throw") {
    limits->freeze_throw = what;
    return !what.empty();
  }
  size_t last = what.rfind(':');
  if (trigger != "over" || last == std::string_view::npos || last == 0) return false;
  limits->freeze_over = what.substr(0, last);
  return ParseTime(From(what, last + 1), &limits->freeze_over_time);
}

bool ParseLimit(std::string_view item, Limits* limits, Message* error) {
  size_t equals = item.find('=');
  std::string_view key = item.substr(0, equals);
  std::string_view value =
      equals == std::string_view::npos ? std::string_view() : From(item, equals + 1);
  for (const LimitRow& row : kLimitRows) {
    if (row.key != key) continue;
    if (ParseLimitValue(row.kind, value, &(limits->*row.field))) return true;
    const char* form = row.kind == ValueKind::kFraction  ? "1/N"
                       : row.kind == ValueKind::kBytes   ? "BYTES, such as 64M"
                       : row.kind == ValueKind::kAny     ? "a number"
                       : row.kind == ValueKind::kTime    ? "TIME, such as 10us or 5ms"
                       : row.kind == ValueKind::kNesting ? "a number from 1 to 40"
                                                         : "a number from 1";
    *error << "OMNITRACE_LIMITS: " << item << ": expected " << key << "=" << form;
    return false;
  }
  if (key == "keep") {
    limits->keep_last = value == "last";
    if (value == "last" || value == "first") return true;
    *error << "OMNITRACE_LIMITS: " << item << ": expected keep=first or keep=last";
    return false;
  }
  if (key == "freeze") {
    if (ParseFreeze(value, limits)) return true;
    *error << "OMNITRACE_LIMITS: " << item
           << ": expected freeze=throw:TYPE or freeze=over:FUNCTION:TIME";
    return false;
  }
  *error << "OMNITRACE_LIMITS: " << item << ": expected ";
  for (const LimitRow& row : kLimitRows) *error << row.key << ", ";
  *error << "keep or freeze";
  return false;
}

bool ParseLimits(std::string_view list, Limits* limits, Message* error) {
  while (!list.empty()) {
    size_t comma = list.find(',');
    if (!ParseLimit(list.substr(0, comma), limits, error)) return false;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return true;
}

bool ParseMode(std::string_view text, Mode* mode, Message* error) {
  if (text == "record") {
    *mode = Mode::kRecord;
  } else if (text == "standby") {
    *mode = Mode::kStandby;
  } else if (text == "off") {
    *mode = Mode::kOff;
  } else if (!text.empty()) {
    *error << "OMNITRACE_MODE=" << text << ": expected record, standby or off";
    return false;
  }
  return true;
}

const char* NotEmpty(const char* text) { return text == nullptr || *text == '\0' ? nullptr : text; }

}  // namespace

bool ParseOptions(Environment environment, Options* options, Message* error) {
  auto text = [environment](const char* name) {
    const char* value = environment(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
  };
  options->only = NotEmpty(environment("OMNITRACE_ONLY"));
  options->out = NotEmpty(environment("OMNITRACE_OUT"));
  std::string_view clock = text("OMNITRACE_CLOCK");
  if (!clock.empty() && clock != "monotonic" && clock != "tsc") {
    *error << "OMNITRACE_CLOCK=" << clock << ": expected tsc or monotonic";
    return false;
  }
  options->monotonic_clock = clock == "monotonic";
  return ParseMode(text("OMNITRACE_MODE"), &options->mode, error) &&
         ParseLimits(text("OMNITRACE_LIMITS"), &options->limits, error);
}

}  // namespace omnitrace::recording
