// Coroutines: the call is what happens until its first suspension, each resumption is a call of its
// own, wherever it runs; none stays open.
// RUN: %record -std=c++20 -pthread | FileCheck %s
#include <coroutine>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <thread>
#include <utility>

namespace foo {
void step(int) {}
struct Local {
  int n;
  explicit Local(int n) : n(n) {}
  ~Local() { step(-n); }
};
}  // namespace foo

struct Generator {
  struct promise_type {
    int value = 0;
    std::exception_ptr thrown;
    Generator get_return_object() { return {Handle::from_promise(*this)}; }
    std::suspend_always initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(int n) {
      value = n;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { throw; }
  };
  using Handle = std::coroutine_handle<promise_type>;
  Handle handle;
};

// Runs at once, and ends by itself.
struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

std::coroutine_handle<> waiting;
struct Park {
  bool really;
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<> handle) {
    waiting = handle;
    return really;
  }
  int await_resume() { return 7; }
};

// Hands over to another coroutine without returning in between.
struct HandOver {
  std::coroutine_handle<> next;
  bool await_ready() { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept { return next; }
  void await_resume() {}
};
struct Refuse {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>) { throw std::runtime_error("refused"); }
  void await_resume() {}
};

namespace foo {
Generator count(int n) {
  Local local(n);
  for (int i = 0; i < n; ++i) {
    step(i);
    co_yield i;
  }
}
Generator throws() {
  co_yield 1;
  throw std::runtime_error("from a coroutine");
}
Task waits(int n) {
  step(n);
  co_await Park{false};
  step(n + 1);
  co_await Park{true};
  step(n + 2);
  co_await Park{false};
  step(n + 3);
}
Task returns_at_once(int n) {
  step(n);
  co_return;
}
Generator hands_over(std::coroutine_handle<> next) {
  step(60);
  co_await HandOver{next};
  step(61);
}
Task is_refused() {
  co_await Park{true};
  try {
    co_await Refuse{};
  } catch (const std::exception& error) {
    puts(error.what());
    step(70);
  }
}
int sum(int n) {
  Generator numbers = count(n);
  int total = 0;
  for (numbers.handle(); !numbers.handle.done(); numbers.handle()) {
    total += numbers.handle.promise().value;
  }
  numbers.handle.destroy();
  return total;
}
}  // namespace foo

int main() {
  printf("%d\n", foo::sum(2));
  // CHECK:      {{^}}  foo::sum(n=2) -> 1
  // CHECK-NEXT: {{^}}    foo::count(n=2) -> {handle: {{.*}}}
  // CHECK-NEXT: {{^}}    foo::count::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}      foo::Local::Local(n=2)
  // CHECK-NEXT: {{^}}      foo::step(0)
  // CHECK-NEXT: {{^}}    foo::count::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}      foo::step(1)
  // CHECK-NEXT: {{^}}    foo::count::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}      foo::Local::~Local(this={n: 2})
  // CHECK-NEXT: {{^}}        foo::step(-2)
  // CHECK-NEXT: {{^}}    foo::count::(destroyed)(frame=0x…)
  Generator early = foo::count(5);
  early.handle();
  early.handle.destroy();
  // CHECK-NEXT: {{^}}  foo::count(n=5) ->
  // CHECK-NEXT: {{^}}  foo::count::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::Local::Local(n=5)
  // CHECK-NEXT: {{^}}    foo::step(0)
  // CHECK-NEXT: {{^}}  foo::count::(destroyed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::Local::~Local(this={n: 5})
  // CHECK-NEXT: {{^}}      foo::step(-5)
  Generator throwing = foo::throws();
  try {
    throwing.handle();
    throwing.handle();
  } catch (const std::exception& error) {
    puts(error.what());
  }
  throwing.handle.destroy();
  // CHECK-NEXT: {{^}}  foo::throws() ->
  // CHECK-NEXT: {{^}}  foo::throws::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}! foo::throws::(resumed)(frame=0x…) threw std::runtime_error("from a coroutine")
  // CHECK-NEXT: {{^}}  foo::throws::(destroyed)(frame=0x…)
  foo::waits(10);
  waiting.resume();
  // CHECK-NEXT: {{^}}  foo::waits(n=10)
  // CHECK-NEXT: {{^}}    foo::step(10)
  // CHECK-NEXT: {{^}}    foo::step(11)
  // CHECK-NEXT: {{^}}  foo::waits::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::step(12)
  // CHECK-NEXT: {{^}}  foo::waits::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::step(13)
  foo::returns_at_once(40);
  // CHECK-NEXT: {{^}}  foo::returns_at_once(n=40)
  // CHECK-NEXT: {{^}}    foo::step(40)
  Generator next = foo::count(1);
  Generator first = foo::hands_over(next.handle);
  first.handle();
  first.handle();
  first.handle.destroy();
  next.handle.destroy();
  // CHECK-NEXT: {{^}}  foo::count(n=1) ->
  // CHECK-NEXT: {{^}}  foo::hands_over(next={{.*}}) ->
  // CHECK-NEXT: {{^}}  foo::hands_over::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::step(60)
  // CHECK-NEXT: {{^}}  foo::count::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::Local::Local(n=1)
  // CHECK-NEXT: {{^}}    foo::step(0)
  // CHECK-NEXT: {{^}}  foo::hands_over::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::step(61)
  // CHECK-NEXT: {{^}}  foo::hands_over::(destroyed)(frame=0x…)
  // CHECK-NEXT: {{^}}  foo::count::(destroyed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::Local::~Local(this={n: 1})
  // CHECK-NEXT: {{^}}      foo::step(-1)
  foo::is_refused();
  waiting.resume();
  // CHECK-NEXT: {{^}}  foo::is_refused()
  // CHECK-NEXT: {{^}}  foo::is_refused::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}  foo::is_refused::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::step(70)
  foo::waits(20);
  std::thread([] { waiting.resume(); }).join();
  // CHECK-NEXT: {{^}}  foo::waits(n=20)
  // CHECK-NEXT: {{^}}    foo::step(20)
  // CHECK-NEXT: {{^}}    foo::step(21)
  // CHECK:      {{^}}thread 2
  // CHECK-NEXT: {{^}}  foo::waits::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::step(22)
  // CHECK-NEXT: {{^}}  foo::waits::(resumed)(frame=0x…)
  // CHECK-NEXT: {{^}}    foo::step(23)
}
