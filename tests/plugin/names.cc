// The names that generated code uses are those that the runtime's header declares.
// RUN: %clang %plugin -S -emit-llvm -O0 %s -o - | grep -o '@omnitrace_[a-z]*' | tr -d @ | sort -u > %t.used
// RUN: grep -o 'omnitrace_[a-z]*(' %S/../../runtime/workspace/description.h | tr -d '(' | sort -u > %t.declared
// RUN: diff %t.used %t.declared
namespace foo {
void callee();
int f(int x) {
  callee();
  return x;
}
}  // namespace foo
