// Calls that are open when the process is killed are in the workspace, as open.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %omni -fomni-ns=foo %s -o app
// RUN: not --crash ./app
// RUN: %omnitrace verify *.omni
// RUN: %omnitrace calls --json *.omni | FileCheck %s
#include <signal.h>
#include <unistd.h>

namespace foo {
void inner(int depth) {
  if (depth == 0) kill(getpid(), SIGKILL);
  inner(depth - 1);
}
int outer() {
  inner(2);
  return 0;
}
int before() { return 7; }
}  // namespace foo

int main() {
  foo::before();
  return foo::outer();
}

// CHECK: "name":"foo::before"{{.*}}"return":7
// CHECK: "name":"foo::outer"{{.*}}"open":true
// CHECK: "name":"foo::inner"{{.*}}"open":true
// CHECK: "name":"foo::inner"{{.*}}"open":true
// CHECK: "name":"foo::inner"{{.*}}"open":true
