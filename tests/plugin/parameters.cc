// Parameters in registers, on the stack, in memory, by invisible reference, and in no place at all.
// RUN: %trace %s -std=c++17 -Wno-everything | FileCheck %s
#include <optional>
#include <string>
#include <vector>
namespace foo {
struct Small { int a; double b; };
struct Floats { float a, b; };
struct Large { long a, b, c; };
struct Empty {};
struct alignas(64) Aligned { int x; };
struct Owner { std::string s; ~Owner() {} };
struct Tail { char c[12]; short s; };
enum class Coin { penny = 1, dime = 10 };
void structs(Small s, Floats f, Large l, Empty e, int after) {}
void aligned(Aligned a, int after) {}
void owner(Owner o, int after) {}
void tail(Tail t, int after) {}
void many(int a, int b, int c, int d, int e, int f, int g, Large h, double i, float j, short k) {}
void widths(bool b, char c, signed char s, unsigned short u, long long l, float f, long double w) {}
void values(Coin c, const char* t, std::optional<int> o, std::vector<Small>&& v, const std::string& r) {}
void unnamed(int, int = 4) {}
Large by_value(Large l, int k) { l.a += k; return l; }
}  // namespace foo

int main() {
  using namespace foo;
  structs({1, 2.5}, {1.5f, 2.5f}, {1, 2, 3}, {}, 9);
  // CHECK: > foo::structs(s={a: 1, b: 2.5}, f={a: 1.5, b: 2.5}, l={a: 1, b: 2, c: 3}, e={}, after=9)
  aligned({7}, 8);
  // CHECK: > foo::aligned(a={x: 7}, after=8)
  owner({"mine"}, 6);
  // CHECK: > foo::owner(o={s: "mine"}, after=6)
  tail({{}, 5}, 4);
  // CHECK: > foo::tail(t={c: <char[12]>, s: 5}, after=4)
  many(1, 2, 3, 4, 5, 6, 7, {8, 9, 10}, 11.5, 12.5f, 13);
  // CHECK: > foo::many(a=1, b=2, c=3, d=4, e=5, f=6, g=7, h={a: 8, b: 9, c: 10}, i=11.5, j=12.5, k=13)
  widths(true, 'A', -2, 65535, -3, 0.5f, 1.5L);
  // CHECK: > foo::widths(b=true, c=65, s=-2, u=65535, l=-3, f=0.5, w=1.5)
  values(Coin::dime, "text", 5, {{1, 2}}, "ref");
  // CHECK: > foo::values(c=dime, t="text", o=5, v=[{a: 1, b: 2}], r="ref")
  unnamed(3);
  // CHECK: > foo::unnamed(=3, =4)
  // A struct of 24 bytes by value overwrote the return address when forwarded by musttail.
  by_value({1, 2, 3}, 4);
  // CHECK: > foo::by_value(l={a: 1, b: 2, c: 3}, k=4)
  // CHECK-NEXT: < foo::by_value = {a: 5, b: 2, c: 3}
}
