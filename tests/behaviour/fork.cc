// A forked child has a workspace of its own, from its first call; calls that were open at the fork
// stay the parent's. vfork, posix_spawn and exec leave the parent's workspace alone.
// RUN: %record | FileCheck %s
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

namespace foo {
int twice(int n) { return 2 * n; }
int in_child(int n) { return twice(n) + 1; }

pid_t child;  // not an argument: it is another one in every run

int status_of_child() {
  int status = 0;
  waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

int forks() {
  twice(1);
  child = fork();
  if (child == 0) _exit(in_child(2));
  int status = status_of_child();
  twice(3);
  return status;
}

int vforks() {
  child = vfork();
  if (child == 0) {
    execl("/bin/false", "false", nullptr);
    _exit(9);
  }
  return status_of_child();
}

int spawns() {
  char name[] = "true";
  char* arguments[] = {name, nullptr};
  if (posix_spawn(&child, "/bin/true", nullptr, nullptr, arguments, nullptr) != 0) return -1;
  return status_of_child();
}
}  // namespace foo

int main() {
  printf("%d\n", foo::forks());
  printf("%d\n", foo::vforks());
  printf("%d\n", foo::spawns());
}

// CHECK:      {{^}}process 1, thread 1 (app)
// CHECK-NEXT: {{^}}  foo::forks() -> 5
// CHECK-NEXT: {{^}}    foo::twice(n=1) -> 2
// CHECK-NEXT: {{^}}    foo::status_of_child() -> 5
// CHECK-NEXT: {{^}}    foo::twice(n=3) -> 6
// CHECK-NEXT: {{^}}  foo::vforks() -> 1
