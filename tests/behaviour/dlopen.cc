// A traced library that is loaded and unloaded again and again: every call of it is there, whichever
// of its copies in memory made it, and so are the program's own.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: for start in record standby; do for level in -O0 -O2; do for globs in foo '*'; do \
// RUN:   trace="%omni $level -fomni-ns=$globs -fomni-start=$start" && \
// RUN:   $trace -shared -fPIC -DLIBRARY %s -o library.so && $trace %s -o app && rm -f app.omni && \
// RUN:   OMNITRACE_MODE=record OMNITRACE_OUT=app.omni ./app && %omnitrace verify app.omni && \
// RUN:   %omnitrace tree --stable app.omni > tree && \
// RUN:   OMNITRACE_MODE=standby OMNITRACE_OUT=none.omni ./app || exit 1; \
// RUN:   FileCheck %s < tree || exit 1; \
// RUN:   test "$(grep -c 'foo::Library::answer' tree)" = 300 || exit 1; \
// RUN: done; done; done
#include <dlfcn.h>

namespace foo {
struct Library {
  virtual int answer(int n) const;
  virtual ~Library() = default;
};

#ifdef LIBRARY
int Library::answer(int n) const { return n * 2; }
extern "C" int answer(int n) { return Library().answer(n); }
#else
int ask(int n) {
  void* library = dlopen("./library.so", RTLD_NOW);
  if (library == nullptr) return -1;
  auto answer = reinterpret_cast<int (*)(int)>(dlsym(library, "answer"));
  int result = answer(n);
  dlclose(library);
  return result;
}
#endif
}  // namespace foo

#ifndef LIBRARY
int main() {
  for (int i = 0; i < 300; ++i) {
    if (foo::ask(i) != 2 * i) return 1;
  }
}
#endif

// CHECK:      {{^}}  foo::ask(n=0) -> 0
// CHECK-NEXT: {{^}}    foo::answer(n=0) -> 0
// CHECK:      {{^}}      foo::Library::answer(n=0) -> 0
// CHECK:      {{^}}  foo::ask(n=299) -> 598
// CHECK-NEXT: {{^}}    foo::answer(n=299) -> 598
// CHECK:      {{^}}      foo::Library::answer(n=299) -> 598
