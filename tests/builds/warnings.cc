// All warnings of Clang, and errors, are the plain compiler's to the byte.
// RUN: %same_outputs %s "-Weverything -fsyntax-only" "-Weverything -c" "-Weverything -O2 -c" \
// RUN:   "-Weverything -Werror -c" "-Weverything -std=c++11 -c" "-Wall -Wextra -pedantic -O1 -c" \
// RUN:   "-DERROR -c" "-Weverything -DERROR -std=c++20 -c" "-Weverything -fno-exceptions -c" \
// RUN:   | FileCheck %s --check-prefix=STATUS
// STATUS: -Weverything -c: status 0
// STATUS: -Weverything -Werror -c: status 1
// STATUS: -DERROR -c: status 1
#include <string>
#include <vector>

namespace foo {
[[deprecated]] int old_one(int n);

int unused_parameter(int x) { return 0; }
static int unused_function() { return 1; }
static int unneeded() { return 2; }
template <class T>
int uses_in_decltype(T) {
  return sizeof(decltype(unneeded()));
}

int shadows() {
  int value = 1;
  {
    int value = 2;
    (void)value;
  }
  return value;
}

struct Padded {
  char c;
  long l;
  virtual int get() { return c; }
};

struct Hides : Padded {
  virtual int get(int n) { return n; }
  int overriding() { return old_one(1); }
};

template <class T>
T narrow(long x) {
  return x;
}

int uninitialized(bool set) {
  int n;
  if (set) n = 1;
  return n;
}

int falls(int n) {
  switch (n) {
    case 1:
      n = 2;
    case 2:
      return n;
  }
  return n == n;
}

int no_return(int n) {
  if (n > 1) return n;
}

void never_ends() { throw 1; }

std::string global = "needs a constructor and a destructor";
std::vector<int> moved(std::vector<int> values) {
  const std::vector<int> copy = std::move(values);
  return std::move(copy);
}
int compares(unsigned n) { return n < -1 ? narrow<short>(n) : uses_in_decltype(n); }
bool floats(double d) { return d == 1.1f || d; }
auto lambda = [unused = 1, &g = global] { return 0; };
constexpr int overflow = 1 << 31;
inline int null(int* p) { return p == NULL ? *(volatile int*)0 : 0; }
int format(const char* text) { return __builtin_printf(text) + __builtin_printf("%s", 1); }
#ifdef ERROR
int undeclared() { return missing; }
int wrong_type() { return std::string("text"); }
template <class T>
int instantiates(T value) {
  return value.nothing;
}
int instantiated = instantiates(1);
struct Abstract {
  virtual int pure() = 0;
} abstract;
#endif
}  // namespace foo
