// A program that ends inside its calls ends as it would, and shows them open.
// RUN: %record | FileCheck %s
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>

namespace foo {
[[noreturn]] void ends(const char* how) {
  switch (*how) {
    case 'e': exit(3);
    case '_': _exit(4);
    case 'q': quick_exit(5);
    case 'a': abort();
    case 't': throw std::runtime_error("nobody catches it");
  }
  std::terminate();
}
int last = 0;
void silent() noexcept { ends("throw"); }
void in_child(const char* how) {
  if (*how == 'n') silent();
  ends(how);
}
void at_exit() { ++last; }
}  // namespace foo

int main() {
  fclose(stderr);  // terminate names the exception there
  atexit(foo::at_exit);
  for (const char* how : {"exit", "_exit", "quick_exit", "abort", "throw", "noexcept"}) {
    pid_t child = fork();
    if (child == 0) foo::in_child(how);
    int status;
    waitpid(child, &status, 0);
    printf("%s: %d %d\n", how, WEXITSTATUS(status), WTERMSIG(status));
    fflush(stdout);
  }
}

// CHECK-DAG: {{^}}  foo::at_exit()
// CHECK-DAG: {{^}}  foo::in_child(how="exit") (open)
// CHECK-DAG: {{^}}    foo::ends(how="exit") (open)
// CHECK-DAG: {{^}}      foo::at_exit()
// CHECK-DAG: {{^}}  foo::in_child(how="_exit") (open)
// CHECK-DAG: {{^}}    foo::ends(how="_exit") (open)
// CHECK-DAG: {{^}}  foo::in_child(how="quick_exit") (open)
// CHECK-DAG: {{^}}    foo::ends(how="quick_exit") (open)
// CHECK-DAG: {{^}}  foo::in_child(how="abort") (open)
// CHECK-DAG: {{^}}    foo::ends(how="abort") (open)
// CHECK-DAG: {{^}}  foo::in_child(how="noexcept")
// CHECK-DAG: {{^}}    foo::silent()
