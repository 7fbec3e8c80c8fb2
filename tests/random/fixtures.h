// Classes and functions that are the same in each generated program.
#ifndef OMNITRACE_TESTS_RANDOM_FIXTURES_H_
#define OMNITRACE_TESTS_RANDOM_FIXTURES_H_

#include <csetjmp>
#include <cstdarg>
#include <cstdlib>
#include <exception>
#include <functional>
#include <new>
#include <stdexcept>
#include <string>

#include "accounts.h"

namespace check {
inline std::jmp_buf target;

// The log's destructor does not run at such an end.
[[noreturn]] inline void ExitAtOnce() {
  log.Write();
  std::_Exit(7);
}
}  // namespace check

namespace foo {
// Its destructor throws, but never while another exception is on its way.
struct Throwing {
  explicit Throwing(int n) : n(n) {
    check::Call call("foo::Throwing::Throwing", check::Fields()("n", n));
  }
  Throwing(const Throwing&) = delete;
  ~Throwing() noexcept(false) {
    check::Destruction call("foo::Throwing::~Throwing", 0);
    if (n % 3 == 1 && std::uncaught_exceptions() == 0) throw n;
  }
  int twice() const {
    check::Call call("foo::Throwing::twice");
    return call.Returns<int>(n * 2);
  }
  int n;
};
// Its allocation tells of itself.
struct Allocated {
  explicit Allocated(int n) : n(n) {
    check::Call call("foo::Allocated::Allocated", check::Fields()("n", n));
    if (n % 4 == 1) throw n;
  }
  virtual ~Allocated() { check::Destruction call("foo::Allocated::~Allocated", 0); }
  static void* operator new(size_t size) {
    check::Call call("foo::Allocated::operator new", check::Fields()("size", size));
    return ::operator new(size);
  }
  static void operator delete(void* memory) {
    check::Call call("foo::Allocated::operator delete", check::Fields()("memory", check::Untold()));
    ::operator delete(memory);
  }
  virtual short half() {
    check::Call call("foo::Allocated::half");
    return call.Returns<short>(short(n / 2));
  }
  short thrice() {
    check::Call call("foo::Allocated::thrice");
    return call.Returns<short>(short(n * 3));
  }
  int n;
};
inline int total(int count, ...) {
  check::Call call("foo::total", check::Fields()("count", count));
  va_list list;
  va_start(list, count);
  int sum = 0;
  for (int i = 0; i < count; ++i) sum += va_arg(list, int);
  va_end(list);
  return call.Returns<int>(sum);
}
// By hand: a constant expression has no objects with destructors.
constexpr int power(int base, int exponent = 3) {
  bool tells = !__builtin_is_constant_evaluated();  // if const, evaluated by the compiler: false
  if (tells) check::log.Enter("foo::power", check::Fields()("base", base)("exponent", exponent));
  const int result = exponent == 0 ? 1 : base * power(base, exponent - 1);
  if (tells) check::log.Leave("returned", std::to_string(result));
  return result;
}
static_assert(power(2) == 8);
[[noreturn]] inline void fail(unsigned n) {
  check::Call call("foo::fail", check::Fields()("n", n));
  if (n % 2 == 0) throw std::runtime_error("fail");
  throw n;
}
// The ends of a program: inside calls that stay open.
[[noreturn]] inline void leave(unsigned depth, const std::function<void()>& end) {
  check::Call call("foo::leave", check::Fields()("depth", depth)("end", end));
  if (depth > 0) leave(depth - 1, end);
  end();
  std::abort();
}
inline void must_not_fail(unsigned n) noexcept {
  check::Call call("foo::must_not_fail", check::Fields()("n", n));
  fail(n);
}

}  // namespace foo

#endif  // OMNITRACE_TESTS_RANDOM_FIXTURES_H_
