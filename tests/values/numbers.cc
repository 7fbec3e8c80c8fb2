// Numbers: exact in text; in JSON exact too, as text where a JSON number would not do.
// RUN: %values -std=c++20
#include <cmath>
#include <cstdint>
#include <limits>

#include "values.h"

__int128 Wide(int64_t high, uint64_t low) {
  return static_cast<__int128>(static_cast<unsigned __int128>(high) << 64 | low);
}

int main() {
  takes<signed char>(-128);        // -128 | -128
  takes<unsigned char>(200);       // 200 | 200
  takes<short>(-32768);            // -32768 | -32768
  takes<unsigned short>(65535);    // 65535 | 65535
  takes(-42);                      // -42 | -42 | integers
  takes(4000000000u);              // 4000000000 | 4000000000
  takes(INT64_MIN);                // -9223372036854775808 | -9223372036854775808
  gives(UINT64_MAX);               // 18446744073709551615 | 18446744073709551615
  takes<long long>(1);             // 1 | 1
  takes(Wide(INT64_MIN, 0));
  // -170141183460469231731687303715884105728 | "-170141183460469231731687303715884105728" | `__int128`
  gives(~static_cast<unsigned __int128>(0));
  // 340282366920938463463374607431768211455 | "340282366920938463463374607431768211455"
  takes(static_cast<_BitInt(7)>(-64));              // -64 | -64 | `_BitInt`
  takes(static_cast<unsigned _BitInt(33)>(1) << 32);  // 4294967296 | 4294967296
  takes(static_cast<_BitInt(100)>(-5));             // -5 | "-5"
  takes(static_cast<unsigned _BitInt(128)>(-1));
  // 340282366920938463463374607431768211455 | "340282366920938463463374607431768211455"
  takes(-(static_cast<_BitInt(256)>(1) << 200));
  // -1606938044258990275541962092341162602522202993782792835301376 | "-1606938044258990275541962092341162602522202993782792835301376"

  takes(0.1f);                     // 0.1 | 0.10000000149011612
  takes(2.5);                      // 2.5 | 2.5 | floating point
  takes(1.0);                      // 1.0 | 1.0
  takes(-0.0);                     // -0.0 | -0.0
  takes(0.1);                      // 0.1 | 0.1
  gives(1e300);                    // 1e+300 | 1e+300
  takes(std::numeric_limits<double>::denorm_min());  // 5e-324 | 5e-324
  takes(HUGE_VAL);                 // inf | "inf" | infinity, NaN
  takes(-HUGE_VALF);               // -inf | "-inf"
  takes(std::nan(""));             // nan | "nan"
  gives(0.1L);                     // 0.1 | "0.1"
  takes(0.5L);                     // 0.5 | 0.5
  takes(1e4000L);                  // 1e+4000 | "1e+4000" | `long double` beyond `double`
  takes(static_cast<_Float16>(0.1f));    // 0.0999755859375 | 0.0999755859375
  takes(static_cast<_Float16>(65504));   // 65504.0 | 65504.0
  sees(static_cast<__bf16>(3.0f));      // 3.0 | 3.0
  takes(static_cast<__float128>(0.25));  // 0.25 | 0.25
  takes(static_cast<__float128>(1) / 3);
  // 0x1.5555555555555555555555555555p-2 | "0x1.5555555555555555555555555555p-2"
}
