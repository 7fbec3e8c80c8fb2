// Templates in all their forms are traced where they are instantiated, with their arguments' names.
// RUN: %record -std=c++20 | FileCheck %s
#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>

namespace foo {
template <class T>
T same(T value) {
  return value;
}
template <>
const char* same(const char* value) {
  return value + 1;
}
extern template long same(long);
template long same(long);

template <class T, int N>
struct Box {
  int size() const { return N; }
  template <class U>
  U as() const;
};
template <class T, int N>
template <class U>
U Box<T, N>::as() const {
  return U(N);
}
template <class T>
struct Box<T*, 0> {
  int size() const { return -1; }
};
template <std::integral T>
int which(T) {
  return 1;
}
template <class T>
  requires(!std::integral<T>)
int which(T) {
  return 2;
}
template <class First, class... Rest>
int count(First, Rest... rest) {
  if constexpr (sizeof...(rest) == 0) {
    return 1;
  } else {
    return 1 + count(rest...);
  }
}
template <template <class, int> class Template>
int inside() {
  return Template<int, 9>().size();
}
// Instantiating Broken<int>::fails would be an error: nothing may do that.
template <class T>
struct Broken {
  int works() { return 3; }
  int fails() { return T::missing; }
};
struct Incomplete;
int passes(Incomplete* pointer, Incomplete& reference, Broken<int>* never) {
  return pointer == &reference && never == nullptr;
}
auto generic = [](auto a, auto... rest) { return a + static_cast<int>(sizeof...(rest)); };
}  // namespace foo

struct foo::Incomplete {
  int late = 5;
};

int main() {
  foo::same(1);        // CHECK: foo::same<int>(value=1) -> 1
  foo::same("text");   // CHECK-NEXT: foo::same<const char *>(value="text") -> "ext"
  foo::same(2L);       // CHECK-NEXT: foo::same<long>(value=2) -> 2
  foo::Box<char, 3>().size();      // CHECK-NEXT: foo::Box<char, 3>::size() -> 3
  foo::Box<char, 4>().as<long>();  // CHECK-NEXT: foo::Box<char, 4>::as<long>() -> 4
  foo::Box<char*, 0>().size();     // CHECK-NEXT: foo::Box<char *, 0>::size() -> -1
  foo::which('c');     // CHECK-NEXT: foo::which<char>('c') -> 1
  foo::which(1.5);     // CHECK-NEXT: foo::which<double>(1.5) -> 2
  foo::count(1, 'b');  // CHECK-NEXT: foo::count<int, char>(1, rest='b') -> 2
                       // CHECK-NEXT:   foo::count<char>('b') -> 1
  foo::inside<foo::Box>();     // CHECK-NEXT: foo::inside<foo::Box>() -> 9
                               // CHECK-NEXT:   foo::Box<int, 9>::size() -> 9
  foo::Broken<int>().works();  // CHECK-NEXT: foo::Broken<int>::works() -> 3
  foo::Incomplete object;      // CHECK-NEXT: foo::Incomplete::Incomplete()
  foo::passes(&object, object, nullptr);
  // CHECK-NEXT: foo::passes(pointer={{.*}}, reference={{.*}}, never=nullptr) -> 1
  return foo::generic(1, 2, 3) - 3;
  // CHECK-NEXT: foo::(lambda {{.*}})(a=1, rest=2, rest=3) -> 3
}
