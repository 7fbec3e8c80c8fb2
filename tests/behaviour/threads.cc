// However a thread ends, its calls are in a stream of its own: returning, pthread_exit, cancellation
// while it waits or computes, detached, and in destructors of thread_local objects.
// RUN: %record -pthread | FileCheck %s
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

#include <cstdio>
#include <future>
#include <thread>

sem_t started;
bool computing;
void untraced() {}
void (*volatile opaque)() = untraced;

namespace foo {
struct Local {
  int n;
  explicit Local(int n) : n(n) {}
  ~Local() { touch(); }
  void touch() {}
};

int work(int n) {
  thread_local Local local(n);
  local.touch();
  return n;
}

void leaves(int n) {
  Local guard(n);
  pthread_exit(nullptr);
}

int detached(int n) { return n; }  // in a thread that nobody joins

void waits() {
  sem_post(&started);
  for (;;) pause();
}

// Between two calls that may throw as far as the compiler knows.
void computes(volatile int n) {
  opaque();
  __atomic_store_n(&computing, true, __ATOMIC_RELEASE);
  while (n == 0) n = 0;
  opaque();
}
}  // namespace foo

template <typename Body>
void in_thread(Body body) {
  pthread_t thread;
  pthread_create(&thread, nullptr, [](void* body) -> void* {
    (*static_cast<Body*>(body))();
    return nullptr;
  }, &body);
  pthread_join(thread, nullptr);
}

int main() {
  in_thread([] { foo::work(1); });
  // CHECK:      {{^}}thread 1 (app)
  // CHECK-NEXT: {{^}}  foo::work(n=1) -> 1
  // CHECK-NEXT: {{^}}    foo::Local::Local(n=1)
  // CHECK-NEXT: {{^}}    foo::Local::touch(this={n: 1})
  // CHECK-NEXT: {{^}}  foo::Local::~Local(this={n: 1})
  // CHECK-NEXT: {{^}}    foo::Local::touch(this={n: 1})
  in_thread([] { foo::leaves(2); });
  // CHECK:      {{^}}thread 2 (app)
  // CHECK-NEXT: {{^}}! foo::leaves(n=2) threw
  // CHECK-NEXT: {{^}}    foo::Local::Local(n=2)
  // CHECK-NEXT: {{^}}    foo::Local::~Local(this={n: 2})
  // CHECK-NEXT: {{^}}      foo::Local::touch(this={n: 2})
  in_thread([] {
    sem_init(&started, 0, 0);
    std::thread waiting([] { foo::waits(); });
    sem_wait(&started);
    pthread_cancel(waiting.native_handle());
    waiting.join();
  });
  // CHECK:      {{^}}thread 3 (app)
  // CHECK-NEXT: {{^}}! foo::waits() threw forced unwind
  in_thread([] {
    std::thread busy([] {
      pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, nullptr);
      foo::computes(0);
    });
    while (!__atomic_load_n(&computing, __ATOMIC_ACQUIRE)) sched_yield();
    pthread_cancel(busy.native_handle());
    busy.join();
  });
  // CHECK:      {{^}}thread 4 (app)
  // CHECK-NEXT: {{^}}! foo::computes(n=0) threw forced unwind
  in_thread([] {
    // Ready when the thread's calls have ended. Not captured: it says whether somebody waits yet.
    static std::promise<void> promise;
    std::future<void> ended = promise.get_future();
    std::thread([] {
      foo::detached(5);
      promise.set_value_at_thread_exit();
    }).detach();
    ended.wait();
  });
  // CHECK:      {{^}}thread 5 (app)
  // CHECK-NEXT: {{^}}  foo::detached(n=5) -> 5
  puts("done");
}
