// Pointers: the object behind an argument's pointer, functions by their names.
// RUN: %values -std=c++20
#include <cstddef>
#include <cstdlib>

#include "values.h"

struct Point {
  int x, y;
  int sum() const { return x + y; }
  virtual int product() { return x * y; }
};
struct Incomplete;
struct Plain {
  int first, second;
};
union Either {
  int number;
  float real;
};

namespace shop {
int handler(int n) { return n; }
template <typename T>
T twice(T value) {
  return value + value;
}
static int local(int n) { return n; }
}  // namespace shop

struct Table {
  int (*enter)(int);
  int (*leave)(int);
};

int main() {
  int number = 7;
  int* pointer = &number;
  Plain plain = {1, 2};
  takes(pointer);                          // *0x… 7 | {"at": "0x…", "value": 7} | pointers
  gives(&plain);
  // *0x… {first: 1, second: 2} | {"at": "0x…", "first": 1, "second": 2}
  takes(&pointer);                         // *0x… 0x… | {"at": "0x…", "value": "0x…"}
  takes(static_cast<int*>(nullptr));       // nullptr | null | null pointers
  takes(nullptr);                          // nullptr | null
  takes(static_cast<void*>(&number));      // 0x… | "0x…"
  takes(reinterpret_cast<Incomplete*>(&number));  // 0x… | "0x…"
  takes(reinterpret_cast<int*>(16));
  // <unreadable at 0x…> | {"at": "0x…", "unreadable": true} | - that lead nowhere
  sees<int&>(number);                      // 7 | 7 | references

  gives(&shop::handler);                   // &shop::handler | "shop::handler" | functions
  takes(&shop::twice<int>);                // &shop::twice<int> | "shop::twice<int>"
  takes(&shop::local);                     // &shop::local | "shop::local"
  takes(&std::atoi);                       // &atoi | "atoi"
  sees<int(int)>(shop::handler);           // &shop::handler | "shop::handler"
  takes(static_cast<int (*)(int)>(nullptr));  // nullptr | null
  takes(Table{&shop::handler, nullptr});
  // {enter: &shop::handler, leave: nullptr} | {"enter": "shop::handler", "leave": null}

  takes(&Plain::second);                   // &Plain::second | "Plain::second" | members
  takes(static_cast<int Plain::*>(nullptr));  // nullptr | null
  takes(&Either::real);                    // &Either::real | "Either::real"
  takes(&Point::sum);                      // &Point::sum | "Point::sum"
  takes(&Point::product);                  // &Point::product | "Point::product"
  takes(static_cast<int (Point::*)()>(nullptr));  // nullptr | null
}
