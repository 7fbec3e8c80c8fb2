// The options that select, and what is said when they are wrong.
// RUN: %clang %plugin,bar::b* -fplugin-arg-omnitrace-exclude=foo::no -fplugin-arg-omnitrace-min-lines=2 \
// RUN:   -fplugin-arg-omnitrace-explain -fsyntax-only %s 2>&1 | FileCheck %s
// RUN: not %clang %plugin -fplugin-arg-omnitrace-nonsense=1 -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not %clang %plugin -fplugin-arg-omnitrace-ns=a:b -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=MALFORMED
// RUN: not %clang %plugin -fplugin-arg-omnitrace-start=later -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=START
// RUN: %clang -Werror %plugin -fplugin-arg-omnitrace-ns=nowhere -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=UNMATCHED
// UNKNOWN: error: omnitrace: unknown option '-fomni-nonsense'
// MALFORMED: error: omnitrace: malformed glob 'a:b'
// START: error: omnitrace: -fomni-start expects 'record' or 'standby', not 'later'
// UNMATCHED: warning: omnitrace: -fomni-ns glob 'nowhere' matches nothing
namespace foo {
int yes() {
  return 1;
}  // CHECK: traced: foo::yes
int no() {
  return 2;
}  // CHECK: not traced: foo::no: -fomni-exclude takes it out
int small() { return 3; }  // CHECK: not traced: foo::small: it has fewer lines than -fomni-min-lines
}  // namespace foo
namespace bar {
int other() { return 4; }  // CHECK: not traced: bar::other: no glob
int begin() {
  return 5;
}  // CHECK: traced: bar::begin
}  // namespace bar
