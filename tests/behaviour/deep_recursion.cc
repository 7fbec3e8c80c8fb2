// Recursion a million deep: all calls are there, and the stack that tracing takes is bounded.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: for level in -O0 -O2; do \
// RUN:   %omni $level -fomni-ns=foo -pthread %s -o app$level && \
// RUN:   OMNITRACE_OUT=app$level.omni ./app$level | FileCheck %s && \
// RUN:   %omnitrace verify app$level.omni && \
// RUN:   %omnitrace stats --json app$level.omni | FileCheck %s --check-prefix=STATS || exit 1; done
#include <pthread.h>

#include <cstdio>

namespace foo {
int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }
}  // namespace foo

int main() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, size_t{1} << 30);
  pthread_t thread;
  pthread_create(&thread, &attributes, [](void*) -> void* {
    printf("%d\n", foo::depth(1'000'000));  // CHECK: 1000000
    return nullptr;                         // STATS: "calls":1000001{{.*}}"open":0
  }, nullptr);
  pthread_join(thread, nullptr);
}
