// Arguments come through unharmed wherever the calling convention puts them: in registers, split
// over two kinds of them, in memory, over-aligned, or as a reference to a copy.
// RUN: %record -std=c++17 | FileCheck %s
#include <cstdint>
#include <cstdio>
#include <string>

struct Bytes3 { std::uint8_t a, b, c; };
struct Mixed { int n; double x; };
struct Bytes24 { std::int64_t a, b, c; };
struct Bytes100 { std::int32_t values[25]; };
struct alignas(64) Aligned { int n; };
struct Copied {
  explicit Copied(int n) : n(n) {}
  Copied(const Copied& other) : n(other.n + 1) {}
  ~Copied() {}
  int n;
};
struct Empty {};
union Either { int n; float x; };
using Vector = float __attribute__((vector_size(16)));

namespace foo {
long registers(char a, short b, int c, long d, bool e, unsigned char f) {
  return a + b + c + d + e + f;
}
double stack(int a, int b, int c, int d, int e, int f, int g, long h, double x0, float x1) {
  return a + b + c + d + e + f + g + h + x0 + x1;
}
double structs(Bytes3 small, Mixed mixed, Bytes24 large, Bytes100 larger) {
  return small.c + mixed.x + large.c + larger.values[24];
}
int aligned(int before, Aligned value, int after) {
  return before + value.n + after + (reinterpret_cast<std::uintptr_t>(&value) % 64 == 0);
}
int copied(Copied value, Empty, int after) { return value.n + after; }
int either(Either value) { return value.n; }
float lanes(Vector value) { return value[0] + value[3]; }
long double wide(long double x, __int128 n) { return x + n; }
int array(const int (&values)[3], int (*pointer)[2]) { return values[2] + (*pointer)[1]; }
int changed(int n, std::string text) {
  n *= 2;
  text += "!";
  return n + static_cast<int>(text.size());
}
}  // namespace foo

int main() {
  double sum = foo::registers(1, 2, 3, 4, true, 255);
  // CHECK: foo::registers(a='\x01', b=2, c=3, d=4, e=true, f=255) -> 266
  sum += foo::stack(1, 2, 3, 4, 5, 6, 7, 8, 0.5, 0.25f);
  // CHECK-NEXT: foo::stack(a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, x0=0.5, x1=0.25) -> 36.75
  Bytes100 larger = {};
  larger.values[24] = 9;
  sum += foo::structs({1, 2, 3}, {4, 5.5}, {6, 7, 8}, larger);
  // CHECK-NEXT: foo::structs(small={a: 1, b: 2, c: 3}, mixed={n: 4, x: 5.5},
  // CHECK-SAME: large={a: 6, b: 7, c: 8}, larger={values: [0, {{.*}} 9]}) -> 25.5
  sum += foo::aligned(1, {2}, 3);  // CHECK-NEXT: foo::aligned(before=1, value={n: 2}, after=3) -> 7
  sum += foo::copied(Copied(1), {}, 5);  // CHECK-NEXT: foo::copied(value={n: 1}, {}, after=5) -> 6
  Copied original(1);
  sum += foo::copied(original, {}, 5);   // CHECK-NEXT: foo::copied(value={n: 2}, {}, after=5) -> 7
  sum += foo::either({3});         // CHECK-NEXT: foo::either({{.*}}) -> 3
  sum += foo::lanes({1, 2, 3, 4});  // CHECK-NEXT: foo::lanes({{.*}}) -> 5
  sum += foo::wide(1.5L, 7);       // CHECK-NEXT: foo::wide(x=1.5, n=7) -> 8.5
  int values[3] = {1, 2, 3};
  int pair[2] = {4, 5};
  sum += foo::array(values, &pair);  // CHECK-NEXT: foo::array({{.*}}) -> 8
  sum += foo::changed(4, "four");  // CHECK-NEXT: foo::changed(n=4, text="four") -> 13
  std::printf("%g\n", sum);
}
