// What a compiler writes besides code doesn't change: preprocessed text, dependencies, messages,
// names of files and the status.
// RUN: %same_outputs %s -E "-E -P" "-E -C -dD" "-E -dM" "-E -frewrite-includes" -fsyntax-only \
// RUN:   -M -MM "-MM -MT target" "-M -MF list.d" "-MD -c" "-MMD -c" \
// RUN:   "-MD -MP -MF list.d -MQ a\$b -c" "-Wp,-MD,list.d -c" "-H -c" -c "-c -o named.o" \
// RUN:   -S "-S -emit-llvm" "-c -emit-llvm" -emit-ast "-save-temps=obj -c" \
// RUN:   "-O2 -fsave-optimization-record -c" --analyze \
// RUN:   "-c -o missing/named.o" "-c missing.cc" "-c -fno-such-option" "-c -std=c++2000" \
// RUN:   -print-search-dirs | FileCheck %s
// CHECK: -E: status 0, source.cc status stderr stdout
// CHECK: -MD -c: status 0, source.cc source.d source.o
// CHECK: -MD -MP -MF list.d -MQ a$b -c: status 0, list.d source.cc source.o
// CHECK: -save-temps=obj -c: status 0, source.bc source.cc source.ii source.o source.s
// CHECK: -c missing.cc: status 1
// CHECK: -c -fno-such-option: status 1

// RUN: cd %t && %omni -v -fomni-ns=foo %s -o app 2> commands && ./app
// RUN: FileCheck %s --check-prefix=COMMANDS < commands
// RUN: rm app && %omni -### -fomni-ns=foo %s -o app 2> commands && not ls app
// RUN: FileCheck %s --check-prefix=COMMANDS < commands
// COMMANDS: "{{[^"]*}}" {{"?-cc1}}
// COMMANDS: ld
#include <cstdio>

namespace foo {
struct Pair {
  int first, second;
};
inline int sum(Pair pair) { return pair.first + pair.second; }
}  // namespace foo

int main() {
  std::printf("%d\n", foo::sum({1, 2}));
  return 0;
}
