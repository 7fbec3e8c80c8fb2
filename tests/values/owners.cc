// What owns an object, or refers to one.
// RUN: %values -std=c++20
#include <functional>
#include <memory>
#include <string>

#include "values.h"

struct Point {
  int x, y;
};
struct Closes {
  int calls = 0;
  void operator()(int* pointer) { delete pointer; }
};

int main() {
  takes(std::make_unique<Point>(1, 2));
  // <unique_ptr -> {x: 1, y: 2}> | {"x": 1, "y": 2} | std::unique_ptr
  takes(std::unique_ptr<Point>());          // nullptr | null
  takes(std::unique_ptr<int, Closes>(new int(3)));  // <unique_ptr -> 3> | 3
  takes(std::make_unique<int[]>(2));        // <unique_ptr -> 0x…> | "0x…"
  auto shared = std::make_shared<std::string>("text");
  sees(shared);                             // <shared_ptr use_count=1 -> "text"> | "text" | std::shared_ptr
  auto other = shared;
  sees(shared);                             // <shared_ptr use_count=2 -> "text"> | "text"
  takes(std::weak_ptr<std::string>(shared));  // <weak_ptr use_count=2 -> 0x…> | "0x…" | std::weak_ptr
  std::weak_ptr<std::string> weak = shared;
  other.reset();
  shared.reset();
  takes(weak);                              // <weak_ptr use_count=0 -> 0x…> | "0x…"
  takes(shared);                            // nullptr | null
  takes(std::weak_ptr<int>());              // nullptr | null
  takes(std::shared_ptr<void>(std::make_shared<int>(5)));  // <shared_ptr use_count=1 -> 0x…> | "0x…"
  Point point = {3, 4};
  takes(std::ref(point));
  // <reference_wrapper -> {x: 3, y: 4}> | {"x": 3, "y": 4} | std::reference_wrapper
}
