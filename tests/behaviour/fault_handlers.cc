// A program's own handlers of SIGSEGV see its own faults only: values behind wrong pointers are
// recorded as far as they can be read, without a fault. Returning from the handler goes on, and
// leaving it by siglongjmp ends the calls.
// RUN: %record | FileCheck %s
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>

#include <cstdio>
#include <string>

int faults;
char* page;
sigjmp_buf target;

namespace foo {
struct Node {
  int value;
  Node* next;
};
bool is_null(const Node* node) { return node == nullptr; }
bool differ(const char* a, const std::string* b) { return a != static_cast<const void*>(b); }

void opens(int) {
  ++faults;
  mprotect(page, 4096, PROT_READ | PROT_WRITE);
}
void leaves(int) {
  ++faults;
  siglongjmp(target, 1);
}
int reads(const volatile char* place) { return *place; }
void never(const volatile char* place) {
  reads(place);
  puts("never");
}
}  // namespace foo

void handle(void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigaction(SIGSEGV, &action, nullptr);
  sigaction(SIGBUS, &action, nullptr);
}

int main() {
  page = static_cast<char*>(
      mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  handle(foo::leaves);
  foo::is_null(reinterpret_cast<foo::Node*>(page));
  foo::is_null(reinterpret_cast<foo::Node*>(8));
  foo::differ(page, reinterpret_cast<std::string*>(page + 8));
  printf("%d faults\n", faults);
  // CHECK:      {{^}}  foo::is_null(node={{.*}}) -> false
  // CHECK-NEXT: {{^}}  foo::is_null(node={{.*}}) -> false
  // CHECK-NEXT: {{^}}  foo::differ(a={{.*}}, b={{.*}}) -> true

  handle(foo::opens);
  foo::reads(page);
  printf("%d faults\n", faults);
  // CHECK-NEXT: {{^}}  foo::reads(place={{.*}}) -> 0
  // CHECK-NEXT: {{^}}    foo::opens(11)

  mprotect(page, 4096, PROT_NONE);
  handle(foo::leaves);
  if (sigsetjmp(target, 1) == 0) foo::never(page);
  foo::is_null(nullptr);
  printf("%d faults\n", faults);
  // CHECK-NEXT: {{^}}  foo::never(place={{.*}}) (left without returning)
  // CHECK-NEXT: {{^}}    foo::reads(place={{.*}}) (left without returning)
  // CHECK-NEXT: {{^}}      foo::leaves(11) (left without returning)
  // CHECK-NEXT: {{^}}  foo::is_null(node=nullptr) -> true
}
