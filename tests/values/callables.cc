// What holds anything that can be called, or anything at all. A type that the file itself doesn't
// put there is told by the address of what manages it.
// RUN: %values -std=c++20
#include <any>
#include <functional>
#include <string>

#include "values.h"

int twice(int number) { return 2 * number; }
struct Adds {
  int to;
  int operator()(int number) const { return number + to; }
};
struct Large {
  long numbers[4];
  std::string text;
  int operator()(int number) const { return number; }
};

int main() {
  takes(std::function<int(int)>());  // nullptr | null
  takes(std::function<int(int)>(Adds{3}));
  // {to: 3} | {"to": 3} | std::function, with libstdc++
  // libc++: Adds | "Adds"
  takes(std::function<int(int)>(Large{{1, 2}, "a"}));
  // {numbers: [1, 2, 0, 0], text: "a"} | {"numbers": [1, 2, 0, 0], "text": "a"}
  // libc++: Large | "Large"
  takes(std::function<int(int)>(twice));
  // &twice | "twice"
  // libc++: int (*)(int) | "int (*)(int)"
  int added = 4;
  takes(std::function<int(int)>([added](int number) { return number + added; }));
  // {added: 4} | {"added": 4} | - that holds a lambda
  // libc++: main::$_0 | "main::$_0"
  takes(std::function<int(int)>([text = std::string("a"), added](int) { return added; }));
  // {text: "a", added: 4} | {"text": "a", "added": 4}
  // libc++: main::$_1 | "main::$_1"
  struct Local {
    int number;
  };
  takes(std::any(Local{8}));         // {number: 8} | {"number": 8}
  takes(std::any());                 // nullptr | null
  takes(std::any(5));                // 5 | 5 | std::any
  takes(std::any(std::string("longer than what fits inside of it")));
  // "longer than what fits inside of it" | "longer than what fits inside of it"
  takes(std::any(Large{{7}, "b"}));
  // {numbers: [7, 0, 0, 0], text: "b"} | {"numbers": [7, 0, 0, 0], "text": "b"}
}
