// A thread that never leaves its loop notices that a function is turned on, though that was inlined
// into another one, and lies in a library.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: for flags in -O0 -O2 "-O2 -flto=thin -fuse-ld=lld"; do \
// RUN:   build="%omni $flags -fomni-start=standby -pthread" && \
// RUN:   for globs in foo '*'; do rm -f *.omni && \
// RUN:     $build -fomni-ns="$globs" -DLIBRARY -shared -fPIC %s -o libloop.so && \
// RUN:     $build -fomni-ns="$globs" %s -L. -lloop -Wl,-rpath,%t -o app && \
// RUN:     OMNITRACE_OUT=app.omni ./app && %omnitrace verify app.omni && \
// RUN:     %omnitrace stats --json app.omni | FileCheck %s || exit 1; done; done
#include <omnitrace/omnitrace.h>

#include <atomic>
#include <thread>

extern std::atomic<unsigned> handled;
extern std::atomic<bool> stop;
namespace foo {
void loop();
#ifdef LIBRARY
inline void count() { handled.fetch_add(1); }
inline void handle() { count(); }
inline void dispatch() { handle(); }
void loop() {
  while (!stop) dispatch();
}
#endif
}  // namespace foo

#ifdef LIBRARY
std::atomic<unsigned> handled;
std::atomic<bool> stop;
#else
namespace {

// Two more have begun and ended after this moment.
void wait_for_rounds() {
  unsigned before = handled;
  while (handled - before < 3) std::this_thread::yield();
}

}  // namespace

int main() {
  std::thread looping(foo::loop);
  wait_for_rounds();
  omnitrace::trace("foo::count");
  wait_for_rounds();
  omnitrace::untrace("foo::count");
  wait_for_rounds();
  omnitrace::freeze();
  stop = true;
  looping.join();
}
#endif
// CHECK-NOT: foo::handle
// CHECK:     "name":"foo::count"
// CHECK-NOT: foo::handle
