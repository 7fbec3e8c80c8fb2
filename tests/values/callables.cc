// What holds anything that can be called, or anything at all.
// RUN: %values -std=c++20
#include <any>
#include <functional>

#include "values.h"

int twice(int number) { return 2 * number; }
struct Adds {
  int to;
  int operator()(int number) const { return number + to; }
};

int main() {
  takes(std::function<int(int)>());           // nullptr | null | empty std::function, std::any
  takes(std::function<int(int)>(Adds{3}));
  // 0x… | "0x…"
  // libc++: Adds | "Adds"
  takes(std::function<int(int)>(twice));
  // 0x… | "0x…"
  // libc++: int (*)(int) | "int (*)(int)"
  takes(std::any());                          // nullptr | null
  takes(std::any(5));                         // 0x… | "0x…"
}
