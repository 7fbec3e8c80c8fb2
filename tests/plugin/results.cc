// Every kind of return, recorded without a copy or a move of its own.
// RUN: %trace %s -std=c++17 | FileCheck %s
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <vector>
namespace foo {
struct Loud {
  std::string s;
  Loud(const char* s) : s(s) {}
  Loud(const Loud& o) : s(o.s) { std::puts("copy"); }
  Loud(Loud&& o) : s(std::move(o.s)) { std::puts("move"); }
};
struct Pinned {
  int v;
  std::mutex m;
  Pinned(int v) : v(v) {}
  Pinned(Pinned&&) = delete;
};
struct Empty {};
struct Small { int a; double b; };
struct Floats { float a, b; };
struct Large { long a, b, c; };
Loud named() { Loud x("nrvo"); x.s += "!"; return x; }
Loud temporary() { return Loud("prvalue"); }
Loud chosen(bool b) { Loud x("x"), y("y"); if (b) return x; return y; }
Pinned pinned() { return 5; }
Small braced() { return {1, 2.5}; }
Floats floats() { return {1.5f, 2.5f}; }
Large large() { return {1, 2, 3}; }
std::vector<int> vector() { return {1, 2}; }
int& reference(int& x) { ++x; return x; }
const std::string& text(const std::string& s) { return s; }
void nothing() {}
void expression() { return nothing(); }
bool truth() { return true; }
long double wide() { return 1.25L; }
std::unique_ptr<int> owned() { return std::make_unique<int>(3); }
const char* c_string() { return "c"; }
Empty empty() { return {}; }
}  // namespace foo

int main() {
  using namespace foo;
  named();            // CHECK: < foo::named = {s: "nrvo!"}
  temporary();        // CHECK: < foo::temporary = {s: "prvalue"}
  chosen(true);       // CHECK: < foo::chosen = {s: "x"}
  pinned();           // CHECK: < foo::pinned = {v: 5,
  braced();           // CHECK: < foo::braced = {a: 1, b: 2.5}
  floats();           // CHECK: < foo::floats = {a: 1.5, b: 2.5}
  large();            // CHECK: < foo::large = {a: 1, b: 2, c: 3}
  vector();           // CHECK: < foo::vector = [1, 2]
  int x = 1;
  reference(x);       // CHECK: > foo::reference(x=1)
                      // CHECK-NEXT: < foo::reference = 2
  text("hello");      // CHECK: < foo::text = "hello"
  expression();       // CHECK: > foo::expression()
                      // CHECK-NEXT:   > foo::nothing()
                      // CHECK-NEXT:   < foo::nothing{{$}}
                      // CHECK-NEXT: < foo::expression{{$}}
  truth();            // CHECK: < foo::truth = true
  wide();             // CHECK: < foo::wide = 1.25
  owned();            // CHECK: < foo::owned = <std::unique_ptr<int>>
  c_string();         // CHECK: < foo::c_string = "c"
  empty();            // CHECK: < foo::empty = {}
}
