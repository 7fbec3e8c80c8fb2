// Recursion a million deep: all calls are there, and the stack that tracing takes is bounded.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: for level in -O0 -O2; do for globs in foo '*'; do for start in record standby; do \
// RUN:   %omni $level -fomni-ns="$globs" -fomni-start=$start -pthread %s -o app && \
// RUN:   OMNITRACE_MODE=standby OMNITRACE_OUT=none.omni ./app | FileCheck %s && rm -f app.omni && \
// RUN:   OMNITRACE_MODE=record OMNITRACE_OUT=app.omni ./app | FileCheck %s && \
// RUN:   %omnitrace verify app.omni && \
// RUN:   %omnitrace stats --json --name=foo::depth app.omni | FileCheck %s --check-prefix=STATS || \
// RUN:   exit 1; done; done; done
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
