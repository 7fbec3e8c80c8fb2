// Objects by their fields: those of bases first, whatever the inheritance.
// RUN: %values -std=c++20
#include "values.h"

struct Point {
  int x, y;
};
class Private {
  int hidden = 1;
  static int shared;

 public:
  mutable int seen = 2;
};
struct Empty {};
struct Holder : Empty {
  [[no_unique_address]] Empty empty;
  int n = 3;
};
struct Left {
  int left = 1;
};
struct Right {
  int right = 2;
};
struct Both : Left, Right {
  int both = 3;
};
struct Same : Left {
  int left = 9;
};
struct Bits {
  unsigned low : 3;
  signed high : 5;
  unsigned : 0;
  bool flag : 1;
  unsigned long long wide : 40;
};
struct Anonymous {
  union {
    int number;
    float real;
  };
  struct {
    int inner;
  };
};
union Either {
  int number;
  char bytes[4];
};
union Place {
  const char* text;
  unsigned long number;
  char bytes[8];
};
struct NotCopyable {
  NotCopyable() = default;
  NotCopyable(const NotCopyable&) = delete;
  int n = 4;
};
struct alignas(64) Aligned {
  int n;
};
template <typename T>
struct Box {
  T content;
};
struct Recursive {
  int n;
  Recursive* next;
};
struct Flexible {
  int n;
  int more[];
};
struct References {
  int& reference;
  const Point& point;
};

int main() {
  gives(Point{1, 2});              // {x: 1, y: 2} | {"x": 1, "y": 2} | objects
  takes(Private());                // {hidden: 1, seen: 2} | {"hidden": 1, "seen": 2}
  takes(Empty());                  // {} | {}
  gives(Holder());                 // {n: 3} | {"n": 3}
  gives(Both());
  // {left: 1, right: 2, both: 3} | {"left": 1, "right": 2, "both": 3} | - with bases
  takes(Same());                   // {left: 1, left: 9} | {"left": 1, "left#2": 9}
  takes(Bits{5, -3, true, 1ull << 39});
  // {low: 5, high: -3, flag: true, wide: 549755813888} | {"low": 5, "high": -3, "flag": true, "wide": 549755813888}
  takes(Anonymous{{0x40200000}, {66}});
  // {number: 1075838976, real: 2.5, inner: 66} | {"number": 1075838976, "real": 2.5, "inner": 66}
  takes(Either{65});               // {number: 65, bytes: "A"} | {"number": 65, "bytes": "A"} | unions
  takes(Place{"text"});
  // {text: 0x…, number: 0x…, bytes: 0x…} | {"text": "0x…", "number": "0x…", "bytes": "0x…"}
  NotCopyable fixed;
  sees(fixed);                     // {n: 4} | {"n": 4}
  takes(Aligned{5});               // {n: 5} | {"n": 5}
  takes(Box<Box<int>>{{6}});       // {content: {content: 6}} | {"content": {"content": 6}}
  Recursive last = {2, nullptr};
  takes(Recursive{1, &last});      // {n: 1, next: 0x…} | {"n": 1, "next": "0x…"}
  sees(Flexible{7});               // {n: 7} | {"n": 7}
  int number = 8;
  Point point = {1, 2};
  takes(References{number, point});  // {reference: 0x…, point: 0x…} | {"reference": "0x…", "point": "0x…"}
  int captured = 9;
  takes([captured, &number, extra = 'c'] { return captured + number + extra; });
  // {captured: 9, number: 0x…, extra: 'c'} | {"captured": 9, "number": "0x…", "extra": "c"} | lambdas
  takes([] {});                    // {} | {}
}
