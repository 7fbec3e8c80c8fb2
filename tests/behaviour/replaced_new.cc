// Global operators new and delete of the program's own, and what they call, are traced like other
// functions, also when the C++ library calls them, before main and after it.
// Without sized deallocation, as libstdc++ itself was built: inlined or not, strings release alike.
// RUN: %record -std=c++17 -fno-sized-deallocation | FileCheck %s
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

namespace foo {
int allocated = 0;
void* allocate(std::size_t size) {
  ++allocated;
  return std::malloc(size);
}
void release(void* memory) { std::free(memory); }
std::string text(int n) { return std::string(static_cast<std::size_t>(n), 'x'); }
}  // namespace foo

void* operator new(std::size_t size) { return foo::allocate(size); }
void operator delete(void* memory) noexcept { foo::release(memory); }
void operator delete(void* memory, std::size_t) noexcept { foo::release(memory); }

std::string global = foo::text(100);
// CHECK:      foo::text(n=100) -> "xxxxx
// CHECK-NEXT:   foo::allocate(size=101)

int main() {
  foo::text(50);
  // CHECK-NEXT: foo::text(n=50) -> "xxxxx
  // CHECK-NEXT:   foo::allocate(size=51)
  // CHECK-NEXT: foo::release(
  std::printf("%d\n", foo::allocated);
}
// CHECK-NEXT: foo::release(
