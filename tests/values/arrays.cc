// Arrays, vectors of the processor's, complex numbers, and what is atomic or volatile.
// RUN: %values -std=c++20 -mavx
#include <immintrin.h>

#include <atomic>
#include <complex>

#include "values.h"

struct Board {
  int cells[2][3];
  char names[2][4];
};
struct Point {
  int x, y;
};
using Four = int __attribute__((vector_size(16)));
using Three = float __attribute__((ext_vector_type(3)));
using Mask = bool __attribute__((ext_vector_type(8)));
struct Lanes {
  Four four;
  _Complex float wave;
};
struct Shared {
  _Atomic(int) count;
  volatile int device;
};

int main() {
  takes(Board{{{1, 2, 3}, {4, 5, 6}}, {"ab", "cd"}});
  // {cells: [[1, 2, 3], [4, 5, 6]], names: ["ab", "cd"]} | {"cells": [[1, 2, 3], [4, 5, 6]], "names": ["ab", "cd"]}
  int rows[2][2] = {{1, 2}, {3, 4}};
  sees(rows);                      // [[1, 2], [3, 4]] | [[1, 2], [3, 4]] | arrays
  takes(rows);                     // *0x… [1, 2] | {"at": "0x…", "value": [1, 2]}
  Point points[] = {{1, 2}, {3, 4}};
  sees(points);                    // [{x: 1, y: 2}, {x: 3, y: 4}] | [{"x": 1, "y": 2}, {"x": 3, "y": 4}]

  gives(Four{1, -2, 3, 4});        // [1, -2, 3, 4] | [1, -2, 3, 4] | vectors of the processor
  takes(Three{1, 2, 0.5f});        // [1.0, 2.0, 0.5] | [1.0, 2.0, 0.5]
  takes(_mm256_set1_pd(0.5));      // [0.5, 0.5, 0.5, 0.5] | [0.5, 0.5, 0.5, 0.5]
  takes(_mm_set_epi64x(2, 1));     // [1, 2] | [1, 2]
  takes(Mask{true, false, true});
  // (true, false, true, false, false, false, false, false) | [true, false, true, false, false, false, false, false]
  takes(Lanes{{1, 2, 3, 4}, {0.5f, 2}});
  // {four: [1, 2, 3, 4], wave: (0.5+2i)} | {"four": [1, 2, 3, 4], "wave": [0.5, 2.0]}
  _Complex double turn = {1, -2};
  gives(turn);                     // (1-2i) | [1.0, -2.0] | complex numbers
  _Complex int whole = {3, 4};
  sees(whole);                     // (3+4i) | [3, 4]

  std::atomic<int> count = 7;
  sees(count);                     // 7 | 7 | atomic and volatile objects
  std::atomic<Point> point = Point{1, 2};
  sees(point);                     // {x: 1, y: 2} | {"x": 1, "y": 2}
  std::atomic<Point*> pointer = nullptr;
  sees(pointer);                   // nullptr | null
  std::atomic_flag flag = ATOMIC_FLAG_INIT;
  sees(flag);                      // false | false
  Shared shared = {8, 9};
  sees(shared);                    // {count: 8, device: 9} | {"count": 8, "device": 9}
  takes<volatile int*>(&shared.device);  // *0x… 9 | {"at": "0x…", "value": 9}
}
