// Link-time optimisation runs pipelines twice, sanitizers instrument globals, sections and symbols
// are collected, folded and stripped, coverage counts: each call is recorded once all the same.
// RUN: mkdir -p %t && cd %t
// RUN: while read -r flags; do for start in record standby; do echo "$flags ($start)"; \
// RUN:   %clang -std=c++17 $flags %plugin -fplugin-arg-omnitrace-start=$start %s %hooks -o app && \
// RUN:   CALLS=calls ./app && FileCheck %s < calls || exit 1; done; done < %S/inputs/toolchain_flags
#include <stdexcept>
#include <string>
namespace foo {
struct Large { long a, b, c; };
template <class T>
T twice(T x) { return x + x; }
inline std::string text(const std::string& s, Large l) {
  if (l.a > 5) throw std::runtime_error(s);
  return twice(s);
}
}  // namespace foo
int main() {
  foo::text("ab", {1, 2, 3});
  try {
    foo::text("c", {6, 7, 8});
  } catch (const std::runtime_error&) {
  }
}
// CHECK:      > foo::text(s="ab", l={a: 1, b: 2, c: 3})
// CHECK-NEXT:   > foo::twice<std::string>(x="ab")
// CHECK-NEXT:   < foo::twice<std::string> = "abab"
// CHECK-NEXT: < foo::text = "abab"
// CHECK-NEXT: > foo::text(s="c", l={a: 6, b: 7, c: 8})
// CHECK-NEXT: ! foo::text
// CHECK-NOT:  {{[<>!]}}
