// Where probes may stand: in templates, lambdas, constexpr-if branches, noexcept functions, members,
// in what runs before main and after it; without exceptions and run-time types, too.
// RUN: %probes -fno-exceptions -fno-rtti
// RUN: FileCheck %s --match-full-lines < %t/without_plugin.tree
// RUN: FileCheck %s --match-full-lines < %t/with_plugin.tree
#include <omnitrace/omnitrace.h>

#include <cerrno>
#include <cstdio>

namespace foo {
struct Lifetime {
  Lifetime() { OMNITRACE_PROBE("before main", this->number); }
  ~Lifetime() { OMNITRACE_PROBE("after main", number); }
  int number = 1;
};
Lifetime lifetime;

template <typename T>
T twice(T value) {
  if constexpr (sizeof(T) == 1) {
    OMNITRACE_PROBE("small", value);
  } else {
    OMNITRACE_PROBE("large", value, sizeof(value) * 2);
  }
  return static_cast<T>(value + value);
}

inline int quiet(int number) noexcept {
  auto add = [number](auto more) {
    OMNITRACE_PROBE("lambda", number, more);
    return number + more;
  };
  return add(1) + static_cast<int>(add(2L));
}

int fails() {
  errno = ENOENT;
  OMNITRACE_PROBE("errno", errno);
  return errno;
}

int switches(int number) {
  switch (number) {
    case 1:
      OMNITRACE_PROBE("case", number);
      break;
    default:
      if (number > 2)
        OMNITRACE_PROBE("if", number);
      else
        OMNITRACE_PROBE("else", number);
  }
  return number;
}

struct Packed {
  char c;
  int n;
} __attribute__((packed));

int inner(int number) {
  OMNITRACE_PROBE("inner", number);
  return number + 1;
}
}  // namespace foo

// CHECK: thread 1 (app)
// CHECK-NEXT: before main(this->number=1)
int main() {
  std::printf("%d\n", foo::twice(3));       // CHECK-NEXT: large(value=3, sizeof(value) * 2=8)
  std::printf("%c\n", foo::twice('!'));     // CHECK-NEXT: small(value='!')
  std::printf("%d\n", foo::quiet(5));       // CHECK-NEXT: lambda(number=5, more=1)
                                            // CHECK-NEXT: lambda(number=5, more=2)
  std::printf("%d\n", foo::fails());        // CHECK-NEXT: errno(errno=2)
  std::printf("%d\n", foo::switches(1));    // CHECK-NEXT: case(number=1)
  std::printf("%d\n", foo::switches(2));    // CHECK-NEXT: else(number=2)
  std::printf("%d\n", foo::switches(3));    // CHECK-NEXT: if(number=3)
  foo::Packed packed = {'c', 4};
  OMNITRACE_PROBE("packed", packed.n);      // CHECK-NEXT: packed(packed.n=4)
  // A value that has a probe of its own comes first.
  OMNITRACE_PROBE("outer", foo::inner(1));  // CHECK-NEXT: inner(number=1)
                                            // CHECK-NEXT: outer(foo::inner(1)=2)
  OMNITRACE_PROBE("most", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  // CHECK-NEXT: most(1=1, 2=2, {{.*}}, 16=16)
  OMNITRACE_PROBE("commas", ',', "),\"", (1 + 2) + 1, ("pair", 3));
  // CHECK-NEXT: commas(','=',', "),\""="),\"", (1 + 2) + 1=4, pair=3)
}
// CHECK-NEXT: after main(number=1)
