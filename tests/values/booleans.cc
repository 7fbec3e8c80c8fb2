// Truth values, also those that are none.
// RUN: %values -std=c++20
#include <cstring>

#include "values.h"

struct Flags {
  bool a, b;
  bool bit : 1;
};

int main() {
  gives(true);                     // true | true | `bool`
  takes(false);                    // false | false
  bool bad;
  std::memset(&bad, 2, 1);
  sees(bad);                       // bool(2) | "bool(2)" | - of another value
  Flags flags = {true, false, true};
  std::memset(&flags.b, 255, 1);
  gives(flags);
  // {a: true, b: bool(255), bit: true} | {"a": true, "b": "bool(255)", "bit": true}
}
