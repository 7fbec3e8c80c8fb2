// References and `this` may be of storage in which an object is still to be made: its pointers are
// whatever lay there before, and are followed only as far as there is memory.
// RUN: %record -std=c++17 | FileCheck %s
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace foo {
template <class T>
T& make(T& storage) {
  return *new (&storage) T();
}

struct Base {
  explicit Base(const std::string& later) : name(&later) {}
  const std::string* name;
};
struct Early : Base {
  Early() : Base(text), size(measure()) {}
  int measure() { return 1; }
  int size;
  std::string text;
  std::vector<int> numbers;
  std::unique_ptr<std::string> owned;
};
}  // namespace foo

// Of a T, full of addresses like those that free() leaves behind.
template <class T>
T& storage() {
  alignas(T) static unsigned long words[sizeof(T) / 8];
  volatile unsigned long* word = words;
  for (unsigned i = 0; i < sizeof(T) / 8; ++i) word[i] = i % 2 == 0 ? 0x4aaf737e000 : 0x4aaf737e040;
  return reinterpret_cast<T&>(words);
}

template <class T>
void check() {
  foo::make(storage<T>()).~T();
}

int main() {
  check<std::string>();
  // CHECK:      foo::make<std::string>(storage=""… {{[0-9]+}}) -> ""
  check<std::vector<int>>();
  // CHECK-NEXT: foo::make<std::vector<int>>(storage=[… 16 torn]) -> []
  check<std::map<int, int>>();
  // CHECK-NEXT: foo::make<std::map<int, int>>(storage={… {{[0-9]+}} torn}) -> {}
  check<std::list<int>>();
  // CHECK-NEXT: foo::make<std::list<int>>(storage=[… {{[0-9]+}} torn]) -> []
  check<std::deque<int>>();
  // CHECK-NEXT: foo::make<std::deque<int>>(storage=[… 0 torn]) -> []
  check<std::unique_ptr<std::string>>();
  // CHECK-NEXT: foo::make<{{.*}}>(storage=<unreadable at 0x…>) -> nullptr
  check<std::shared_ptr<std::string>>();
  // CHECK-NEXT: foo::make<{{.*}}>(storage=<unreadable at 0x…>) -> nullptr
  foo::Early* early = new (&storage<foo::Early>()) foo::Early;
  // CHECK-NEXT: foo::Early::Early() -> {{.*}}text: "", numbers: [], owned: nullptr}
  // CHECK-NEXT:   foo::Base::Base(later=""… {{[0-9]+}}) -> {name: 0x…}
  // CHECK-NEXT:   foo::Early::measure(this={{.*}}text: ""… {{[0-9]+}}, numbers: [… 16 torn], owned: <unreadable at 0x…>}) -> 1
  early->~Early();
}
