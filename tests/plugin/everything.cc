// The glob * is all code outside system headers, main and the global namespace included.
// RUN: NS='*' %trace %s -std=c++17 | FileCheck %s
#include <string>
struct Global {
  int x = 1;
  int get() { return x; }
};
int main() {  // CHECK: > main()
  std::string text(100, 'x');
  return Global().get() - 1;  // CHECK-NEXT:   > Global::Global(this=?)
                              // CHECK-NEXT:   < Global::Global
                              // CHECK-NEXT:   > Global::get(this=*{x: 1})
                              // CHECK-NEXT:   < Global::get = 1
}                             // CHECK-NEXT: < main = 0
