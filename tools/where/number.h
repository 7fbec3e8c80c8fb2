// Numbers as conditions compare them: exactly, whatever their types were. No integer of up to 128
// bits and no long double is rounded on the way.
#ifndef OMNITRACE_TOOLS_WHERE_NUMBER_H_
#define OMNITRACE_TOOLS_WHERE_NUMBER_H_

#include <compare>
#include <cstdint>
#include <optional>

#include "absl/numeric/int128.h"
#include "absl/strings/string_view.h"

namespace omnitrace::where {

class Number {
 public:
  static Number Integer(absl::uint128 magnitude, bool negative = false);
  static Number Signed(int64_t number);
  static Number Real(long double number);
  // Decimal digits, hexadecimal ones after 0x, what printf makes of a long double, nan and inf;
  // each with or without a minus. Integers beyond 128 bits are nothing.
  static std::optional<Number> Parse(absl::string_view text);

  bool is_integer() const { return !is_real_; }
  bool IsZero() const { return is_real_ ? real_ == 0 : magnitude_ == 0; }
  Number Negated() const;
  // An integer from 0 to 2^64 - 1.
  std::optional<uint64_t> AsUnsigned() const;
  // An integer from -2^63 to 2^63 - 1.
  std::optional<int64_t> AsSigned() const;
  // What is no integer; NaN and the infinities, too.
  std::optional<long double> AsReal() const;

  // NaN is unordered.
  static std::partial_ordering Compare(const Number& a, const Number& b);

 private:
  bool is_real_ = false;
  bool negative_ = false;        // an integer; never of 0
  absl::uint128 magnitude_ = 0;  // of an integer
  long double real_ = 0;
};

}  // namespace omnitrace::where

#endif  // OMNITRACE_TOOLS_WHERE_NUMBER_H_
