// Probes in many threads, in a forked child, and in functions of several units.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: g++ -std=c++17 -O2 %strict %include %s -DUNIT=1 -c -o one.o
// RUN: %clang -std=c++17 -O2 %strict %include %s -DUNIT=2 -c -o two.o
// RUN: g++ one.o two.o -o app -pthread %link
// RUN: ./app > off && test ! -e *.omni && OMNITRACE_MODE=record ./app > on && diff off on
// RUN: %omnitrace verify *.omni
// RUN: ls *.omni | count 2
// RUN: %omnitrace calls --json *.omni > calls
// RUN: grep -c '"name":"work"' calls | grep -x 8000
// RUN: grep -c '"name":"in_child"' calls | grep -x 1
// RUN: grep -c '"name":"both"' calls | grep -x 2
#include <omnitrace/omnitrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <map>
#include <string>
#include <thread>
#include <vector>

void other_unit();

inline void both(int unit) { OMNITRACE_PROBE("both", unit); }

#if UNIT == 2
void other_unit() { both(2); }
#else
void work() {
  std::map<std::string, int> map = {{"a", 1}};
  for (int i = 0; i < 1000; ++i) OMNITRACE_PROBE("work", i, map);
}

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  both(1);
  other_unit();
  if (pid_t child = fork()) {
    int status = 0;
    waitpid(child, &status, 0);
    std::printf("%d\n", status);
  } else {
    OMNITRACE_PROBE("in_child", getppid() > 0);
  }
}
#endif
