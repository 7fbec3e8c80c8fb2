// C++98 and C++03 are traced like the others; so is a class of theirs without move operations.
// RUN: %matrix %s "-std=c++98 -Werror" "-O2 -std=gnu++98" "-O2 -std=c++03" -std=gnu++03 \
// RUN:   | FileCheck %s
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

namespace foo {
class Text {
 public:
  explicit Text(const std::string& value) : value_(value) {}
  std::string repeated(int times) const {
    std::string all;
    while (times-- > 0) all += value_;
    return all;
  }

 private:
  std::string value_;
};

template <class T>
T last(const std::vector<T>& values) {
  if (values.empty()) throw std::out_of_range("empty");
  return values.back();
}
}  // namespace foo

int main() {
  std::puts(foo::Text("ab").repeated(2).c_str());
  // CHECK:      foo::Text::Text(value="ab")
  // CHECK-NEXT: foo::Text::repeated(this={value_: "ab"}, times=2) -> "abab"
  // CHECK-NEXT: foo::Text::~Text(this={value_: "ab"})
  std::vector<int> values(2, 7);
  std::printf("%d\n", foo::last(values));
  // CHECK-NEXT: foo::last<int>(values=[7, 7]) -> 7
  values.clear();
  try {
    foo::last(values);
  } catch (const std::out_of_range& error) {
    std::puts(error.what());
  }
  // CHECK-NEXT: ! foo::last<int>(values=[]) threw std::out_of_range("empty")
  return 4;
}
