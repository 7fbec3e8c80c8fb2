// The line table names the lines it named without the plugin, and no others: a debugger steps
// through the user's lines only.
// RUN: mkdir -p %t && cd %t
// RUN: %clang -g -O0 -c %s -o plain.o && %clang -g -O0 %plugin -c %s -o traced.o
// RUN: for o in plain traced; do %llvm-dwarfdump --debug-line $o.o | \
// RUN:   awk '$3 ~ /^[0-9]+$/ && $1 ~ /^0x/ && $2 > 0 {print $2}' | sort -un > $o.lines; done
// RUN: diff plain.lines traced.lines && test $(wc -l < traced.lines) -gt 5
#include <string>
namespace foo {
int step(int x) {
  int y = x + 1;
  std::string s("text");
  y += s.size();
  return y;
}
}  // namespace foo
int main() { return foo::step(1) - 6; }
