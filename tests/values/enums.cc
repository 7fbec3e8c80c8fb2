// Enumerations by their enumerators; a value that has none, which C++ allows, by its number.
// RUN: %values -std=c++20
#include "values.h"

enum class Coin { nickel = 5, dime = 10, five = 5 };
enum Plain : unsigned char { kNone, kSome };
enum class Wide : unsigned long long { kMost = ~0ull };
enum class Below : signed char { kLeast = -128 };
enum class Truth : bool { no, yes };
enum class Nameless : int {};
enum { kAnonymous = 3 };

int main() {
  takes(Coin::nickel);             // Coin::nickel | "nickel" | enumeration
  takes(Coin(7));                  // Coin(7) | "Coin(7)" | - of another value
  takes(Coin(-7));                 // Coin(-7) | "Coin(-7)"
  takes(kSome);                    // Plain::kSome | "kSome"
  takes(Wide::kMost);              // Wide::kMost | "kMost"
  takes(Wide(~0ull - 1));          // Wide(18446744073709551614) | "Wide(18446744073709551614)"
  takes(Below::kLeast);            // Below::kLeast | "kLeast"
  takes(Truth::yes);               // Truth::yes | "yes"
  takes(Nameless(1));              // Nameless(1) | "Nameless(1)"
  gives(Coin::dime);               // Coin::dime | "dime"
}
