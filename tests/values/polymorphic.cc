// Objects of classes with virtual functions or bases, by the class that they really are of.
// RUN: %values -std=c++20
#include "values.h"

struct Shape {
  virtual ~Shape() = default;
  virtual int area() const = 0;
  int id = 1;
};
struct Square : Shape {
  int area() const override { return side * side; }
  int side = 3;
};
struct Named {
  virtual ~Named() = default;
  const char* name = "n";
};
struct Labelled : Square, Named {
  int label = 5;
};
namespace {
struct Hidden final : Shape {
  int area() const override { return 0; }
  int hidden = 6;
};
}  // namespace

struct Root {
  int root = 1;
};
struct LeftSide : virtual Root {
  int left = 2;
};
struct RightSide : virtual Root {
  int right = 3;
};
struct Diamond : LeftSide, RightSide {
  int bottom = 4;
};

int main() {
  Square square;
  Labelled labelled;
  Hidden hidden;
  takes(square);                   // {id: 1, side: 3} | {"id": 1, "side": 3}
  sees<Shape>(square);             // Square{id: 1, side: 3} | {"type": "Square", "id": 1, "side": 3} | polymorphic objects
  takes<Shape*>(&square);
  // *0x… Square{id: 1, side: 3} | {"at": "0x…", "type": "Square", "id": 1, "side": 3}
  Named& named = labelled;
  sees(named);
  // Labelled{id: 1, side: 3, name: 0x…, label: 5} | {"type": "Labelled", "id": 1, "side": 3, "name": "0x…", "label": 5}
  sees<Shape>(hidden);
  // (anonymous namespace)::Hidden{id: 1, hidden: 6} | {"type": "(anonymous namespace)::Hidden", "id": 1, "hidden": 6}

  LeftSide side;
  takes(side);                     // {root: 1, left: 2} | {"root": 1, "left": 2}
  Diamond diamond;
  takes(diamond);
  // {root: 1, left: 2, right: 3, bottom: 4} | {"root": 1, "left": 2, "right": 3, "bottom": 4} | virtual bases
  sees<LeftSide>(diamond);
  // Diamond{root: 1, left: 2, right: 3, bottom: 4} | {"type": "Diamond", "root": 1, "left": 2, "right": 3, "bottom": 4}
}
