#include "tools/where/number.h"

#include <cmath>
#include <cstdlib>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"

namespace omnitrace::where {
namespace {

std::partial_ordering Reversed(std::partial_ordering order) {
  if (order < 0) return std::partial_ordering::greater;
  if (order > 0) return std::partial_ordering::less;
  return order;
}

std::partial_ordering OrderOf(absl::uint128 a, absl::uint128 b) {
  if (a == b) return std::partial_ordering::equivalent;
  return a < b ? std::partial_ordering::less : std::partial_ordering::greater;
}

// `real` is not negative.
std::partial_ordering OrderOf(absl::uint128 magnitude, long double real) {
  if (real >= 0x1p128L) return std::partial_ordering::less;
  long double whole = std::trunc(real);
  std::partial_ordering order = OrderOf(magnitude, static_cast<absl::uint128>(whole));
  return order == 0 && real > whole ? std::partial_ordering::less : order;
}

std::partial_ordering OrderOf(bool negative, absl::uint128 magnitude, long double real) {
  if (std::isnan(real)) return std::partial_ordering::unordered;
  if (negative && real >= 0) return std::partial_ordering::less;
  if (!negative && real < 0) return std::partial_ordering::greater;
  std::partial_ordering order = OrderOf(magnitude, std::fabs(real));
  return negative ? Reversed(order) : order;
}

}  // namespace

Number Number::Integer(absl::uint128 magnitude, bool negative) {
  Number number;
  number.magnitude_ = magnitude;
  number.negative_ = negative && magnitude != 0;
  return number;
}

Number Number::Signed(int64_t number) {
  uint64_t bits = static_cast<uint64_t>(number);
  return Integer(number < 0 ? -bits : bits, number < 0);
}

Number Number::Real(long double real) {
  Number number;
  number.is_real_ = true;
  number.real_ = real;
  return number;
}

Number Number::Negated() const { return is_real_ ? Real(-real_) : Integer(magnitude_, !negative_); }

std::optional<uint64_t> Number::AsUnsigned() const {
  if (is_real_ || negative_ || absl::Uint128High64(magnitude_) != 0) return std::nullopt;
  return absl::Uint128Low64(magnitude_);
}

std::optional<int64_t> Number::AsSigned() const {
  constexpr uint64_t kBeyond = uint64_t{1} << 63;
  bool fits = !is_real_ && magnitude_ <= (negative_ ? kBeyond : kBeyond - 1);
  if (!fits) return std::nullopt;
  uint64_t bits = absl::Uint128Low64(magnitude_);
  return static_cast<int64_t>(negative_ ? -bits : bits);
}

std::optional<long double> Number::AsReal() const {
  return is_real_ ? std::optional<long double>(real_) : std::nullopt;
}

std::optional<Number> Number::Parse(absl::string_view text) {
  bool negative = absl::ConsumePrefix(&text, "-");
  if (text.empty() || text[0] == '+' || text[0] == '-') return std::nullopt;
  bool hexadecimal = absl::ConsumePrefix(&text, "0x") || absl::ConsumePrefix(&text, "0X");
  absl::string_view digits = hexadecimal ? "0123456789abcdefABCDEF" : "0123456789";
  if (text.find_first_not_of(digits) == absl::string_view::npos) {
    absl::uint128 magnitude;
    bool fits =
        hexadecimal ? absl::SimpleHexAtoi(text, &magnitude) : absl::SimpleAtoi(text, &magnitude);
    if (!fits) return std::nullopt;
    return Integer(magnitude, negative);
  }
  if (hexadecimal || text.find_first_of(" \t\n\v\f\r") != absl::string_view::npos) {
    return std::nullopt;
  }
  std::string copy(text);
  char* end = nullptr;
  long double real = strtold(copy.c_str(), &end);
  if (end != copy.c_str() + copy.size()) return std::nullopt;
  return Real(negative ? -real : real);
}

std::partial_ordering Number::Compare(const Number& a, const Number& b) {
  if (a.is_real_ && b.is_real_) return a.real_ <=> b.real_;
  if (a.is_real_) return Reversed(Compare(b, a));
  if (b.is_real_) return OrderOf(a.negative_, a.magnitude_, b.real_);
  if (a.negative_ != b.negative_) {
    return a.negative_ ? std::partial_ordering::less : std::partial_ordering::greater;
  }
  std::partial_ordering order = OrderOf(a.magnitude_, b.magnitude_);
  return a.negative_ ? Reversed(order) : order;
}

}  // namespace omnitrace::where
