// A program that does what the lines on its standard input say, and answers each by a line:
//
//   call N        N calls of shop::add, in one of shop::total; the sum
//   share N       shop::share, into which shop::half is inlined
//   threads N     so many threads, four at a time, each with a name of its own, call shop::add some
//                 thousand times; how often in all. `brief N`: once each
//   spin          a thread calls shop::step for ever, in a loop that never returns
//   steps         how often it did
//   title TEXT    omnitrace::set_title
//   name TEXT     prctl(PR_SET_NAME)
//   fork          from now on a child reads the lines; the answer is its id. Its parent goes on
//   when
//                 the child has ended
//   daemon        the same, but the parent ends
//   exec FILE     the process becomes that program
//   load LIBRARY  and `unload`; its function `twice` is called by `twice N`
//   close         all descriptors but the first three
//   limit BYTES   of a file
//   trace LIST    omnitrace::trace, and `untrace LIST`
//   reset         omnitrace::reset_workspace
#include <dlfcn.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "omnitrace/omnitrace.h"

namespace shop {

[[gnu::noinline]] int add(int a, int b) { return a + b; }

[[gnu::noinline]] int total(int calls) {
  int sum = 0;
  for (int i = 0; i < calls; ++i) sum = add(sum, 1);
  OMNITRACE_PROBE("shop:total", calls, sum);
  return sum;
}

inline int half(int n) { return n / 2; }

[[gnu::noinline]] int share(int n) { return half(n) + 1; }

inline long step(long n) { return n + 1; }

std::atomic<long> steps{0};

[[gnu::noinline]] void spin() {
  for (long n = 0;;) steps.store(n = step(n), std::memory_order_relaxed);
}

}  // namespace shop

namespace {

void* library = nullptr;

// Between nothing and more than two blocks hold.
long ShareOf(int i) { return i * 7919L % 12000; }

long CallInThread(int i, long calls) {
  std::string name = "worker " + std::to_string(i);
  pthread_setname_np(pthread_self(), name.c_str());
  for (long made = 0; made < calls; ++made) shop::add(i, 1);
  return calls;
}

template <typename Share>
long CallInThreads(int count, const Share& share) {
  constexpr int kAtATime = 4;
  std::atomic<int> next{0};
  std::atomic<long> calls{0};
  auto start_some = [&] {
    for (int i; (i = next++) < count;)
      std::thread([&] { calls += CallInThread(i, share(i)); }).join();
  };
  std::vector<std::thread> starters;
  for (int i = 0; i < kAtATime; ++i) starters.emplace_back(start_some);
  for (std::thread& starter : starters) starter.join();
  return calls;
}

long Fork(bool daemon) {
  pid_t child = fork();
  if (child == 0) return getpid();
  int status = 0;
  if (daemon) _exit(0);
  waitpid(child, &status, 0);
  return -1;
}

long Twice(int n) {
  auto* twice = reinterpret_cast<int (*)(int)>(dlsym(library, "twice"));
  return twice == nullptr ? -1 : twice(n);
}

long CloseAll() {
  for (int i = 3; i < 2000; ++i) close(i);
  return 0;
}

long Limit(rlim_t bytes) {
  rlimit limit = {bytes, bytes};
  return setrlimit(RLIMIT_FSIZE, &limit);
}

long Do(const std::string& command, const std::string& argument) {
  if (command == "call") return shop::total(std::atoi(argument.c_str()));
  if (command == "share") return shop::share(std::atoi(argument.c_str()));
  if (command == "threads") return CallInThreads(std::atoi(argument.c_str()), ShareOf);
  if (command == "brief") return CallInThreads(std::atoi(argument.c_str()), [](int) { return 1; });
  if (command == "spin") return std::thread(shop::spin).detach(), 0;
  if (command == "steps") return shop::steps;
  if (command == "title") return omnitrace::set_title(argument.c_str()), 0;
  if (command == "name") return prctl(PR_SET_NAME, argument.c_str());
  if (command == "fork") return Fork(false);
  if (command == "daemon") return Fork(true);
  if (command == "exec") return execl(argument.c_str(), argument.c_str(), nullptr);
  if (command == "load") return (library = dlopen(argument.c_str(), RTLD_NOW)) == nullptr;
  if (command == "unload") return dlclose(library);
  if (command == "twice") return Twice(std::atoi(argument.c_str()));
  if (command == "close") return CloseAll();
  if (command == "limit") return Limit(std::strtoul(argument.c_str(), nullptr, 10));
  if (command == "trace") return omnitrace::trace(argument.c_str()), 0;
  if (command == "untrace") return omnitrace::untrace(argument.c_str()), 0;
  if (command == "reset") return omnitrace::reset_workspace(), 0;
  return -1;
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  std::setvbuf(stdin, nullptr, _IONBF, 0);
  char line[1024];
  while (std::fgets(line, sizeof(line), stdin) != nullptr) {
    std::istringstream words(line);
    std::string command, argument;
    words >> command >> argument;
    std::printf("%ld\n", Do(command, argument));
  }
}
