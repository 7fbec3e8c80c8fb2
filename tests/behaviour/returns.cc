// Every kind of return gives its value, without a copy or a move that the program doesn't make.
// RUN: %record -std=c++17 | FileCheck %s
#include <cstdarg>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

struct Loud {
  explicit Loud(int n) : n(n) {}
  Loud(const Loud& other) : n(other.n) { std::puts("copy"); }
  Loud(Loud&& other) : n(other.n) { std::puts("move"); }
  int n;
};
struct Pinned {
  explicit Pinned(int n) : n(n) {}
  Pinned(const Pinned&) = delete;
  int n;
};

namespace foo {
Loud named(int n) {
  Loud result(n);
  result.n *= 2;
  return result;
}
Loud chosen(bool first) {
  Loud a(1), b(2);
  return first ? a : b;
}
Loud moved(Loud value) { return value; }
Pinned pinned() { return Pinned(5); }
std::pair<int, std::string> braced() { return {7, "seven"}; }
std::unique_ptr<int> owned() { return std::make_unique<int>(8); }
int& referred(int& n) { return n; }
int&& expiring(int& n) { return std::move(n); }
void nothing() {}
void expression() { return nothing(); }
int early(int n) {
  for (int i = 0;; ++i) {
    if (i == n) return i;
  }
}
int sum(int count, ...) {
  va_list list;
  va_start(list, count);
  int result = 0;
  while (count-- > 0) result += va_arg(list, int);
  va_end(list);
  return result;
}
auto deduced() { return 'c'; }
decltype(auto) forwarded(int& n) { return (n); }
int falls_off(int n) noexcept try { return n; } catch (...) { return -1; }
}  // namespace foo

int main() {
  int n = 3;
  foo::named(4);        // CHECK: foo::named(n=4) -> {n: 8}
  foo::chosen(true);    // CHECK-NEXT: foo::chosen(first=true) -> {n: 1}
  foo::moved(Loud(6));  // CHECK-NEXT: foo::moved(value={n: 6}) -> {n: 6}
  foo::pinned();        // CHECK-NEXT: foo::pinned() -> {n: 5}
  foo::braced();        // CHECK-NEXT: foo::braced() -> {first: 7, second: "seven"}
  foo::owned();         // CHECK-NEXT: foo::owned() ->
  foo::referred(n);     // CHECK-NEXT: foo::referred(n=3) -> 3
  foo::expiring(n);     // CHECK-NEXT: foo::expiring(n=3) -> 3
  foo::expression();    // CHECK-NEXT: foo::expression()
                        // CHECK-NEXT:   foo::nothing()
  foo::early(2);        // CHECK-NEXT: foo::early(n=2) -> 2
  foo::sum(3, 1, 2, 3);  // CHECK-NEXT: foo::sum(count=3) -> 6
  foo::deduced();       // CHECK-NEXT: foo::deduced() -> 'c'
  foo::forwarded(n);    // CHECK-NEXT: foo::forwarded(n=3) -> 3
  foo::falls_off(9);    // CHECK-NEXT: foo::falls_off(n=9) -> 9
  std::puts("done");
}
