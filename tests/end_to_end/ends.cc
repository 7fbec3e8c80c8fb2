// However a program ends, the workspace has the calls before.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %omni -fomni-ns=foo %s -o app
// RUN: for end in return exit _exit quick_exit abort; do \
// RUN:   OMNITRACE_OUT=$end.omni ./app $end; \
// RUN:   %omnitrace verify $end.omni > verified || exit 1; \
// RUN:   %omnitrace calls $end.omni | FileCheck %s || exit 1; done
#include <stdlib.h>
#include <unistd.h>

#include <string>

namespace foo {
int last_call(int n) { return n; }
}  // namespace foo

int main(int, char** argv) {
  foo::last_call(7);
  std::string end = argv[1];
  if (end == "exit") exit(3);
  if (end == "_exit") _exit(3);
  if (end == "quick_exit") quick_exit(3);
  if (end == "abort") abort();
}

// CHECK: foo::last_call({{.*}}7)
