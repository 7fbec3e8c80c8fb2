// The same values with libc++ as with libstdc++: what a call shows doesn't depend on the library.
// RUN: %matrix %s -stdlib=libstdc++ -stdlib=libc++ "-O2 -stdlib=libc++" | FileCheck %s
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foo {
std::string text(const std::string& value, std::string_view view) {
  return value + std::string(view);
}
std::vector<int> numbers(const std::vector<int>& values) { return values; }
int mapped(const std::map<std::string, int>& values) { return static_cast<int>(values.size()); }
std::optional<int> maybe(std::optional<std::string> value) {
  return value ? std::optional<int>(1) : std::nullopt;
}
int pointed(const std::unique_ptr<int>& unique, const std::shared_ptr<int>& shared) {
  return *unique + *shared;
}
}  // namespace foo

int main() {
  foo::text("short", "view");
  // CHECK:      foo::text(value="short", view="view") -> "shortview"
  foo::text("longer than any small-string buffer", "");
  // CHECK-NEXT: foo::text(value="longer than any small-string buffer", view="")
  foo::numbers({1, 2, 3});
  // CHECK-NEXT: foo::numbers(values=[1, 2, 3]) -> [1, 2, 3]
  foo::mapped({{"a", 1}, {"b", 2}});
  // CHECK-NEXT: foo::mapped(values={"a": 1, "b": 2}) -> 2
  foo::maybe("text");
  // CHECK-NEXT: foo::maybe(value="text") -> 1
  foo::maybe(std::nullopt);
  // CHECK-NEXT: foo::maybe(value=nullopt) -> nullopt
  return foo::pointed(std::make_unique<int>(3), std::make_shared<int>(4)) - 7;
  // CHECK-NEXT: foo::pointed({{.*}}) -> 7
}
