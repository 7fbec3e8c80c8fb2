// Probes among traced functions: leaves of the tree, by the same globs and limits; calls of functions
// inside of a value come before them. What the header is made of is not traced.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %omni -std=c++17 -O2 -fomni-ns='*' -fomni-explain %s -o app 2> remarks
// RUN: not grep 'traced: .*\(omnitrace\|Probe\)' remarks
// RUN: ./app && %omnitrace tree --stable | FileCheck %s --match-full-lines
// RUN: rm *.omni && %omni -std=c++17 -O2 -fomni-ns='*' -fomni-start=standby %s -o app && ./app
// RUN: test ! -e *.omni
// RUN: OMNITRACE_MODE=record ./app && %omnitrace tree --stable | FileCheck %s --match-full-lines
// RUN: rm *.omni && OMNITRACE_MODE=record OMNITRACE_ONLY='cart:*' ./app
// RUN: %omnitrace tree --stable | FileCheck %s --match-full-lines --check-prefix=ONLY
// RUN: rm *.omni && OMNITRACE_MODE=record OMNITRACE_LIMITS=depth=1 ./app
// RUN: %omnitrace tree --stable | FileCheck %s --match-full-lines --check-prefix=DEPTH
#include <omnitrace/omnitrace.h>

#include <vector>

namespace shop {
struct Item {
  int id;
};
struct Cart {
  std::vector<Item> items;
  int total() const { return static_cast<int>(items.size()); }
  void add(Item item) {
    items.push_back(item);
    OMNITRACE_PROBE("cart:added", item, total());
  }
};
}  // namespace shop

// CHECK: thread 1 (app)
// CHECK-NEXT: main() -> 0
// ONLY: thread 1 (app)
// ONLY-NEXT: cart:added(item={id: 7}, total()=1)
// ONLY-NOT: {{.}}
// DEPTH: thread 1 (app)
// DEPTH-NEXT: main() -> 0
// DEPTH-NOT: cart
int main() {
  shop::Cart cart;
  cart.add({7});
  // CHECK: {{ *}}shop::Cart::add({{.*}}
  // CHECK-NEXT: {{ *}}shop::Cart::total({{.*}}) -> 1
  // CHECK-NEXT: {{ *}}cart:added(item={id: 7}, total()=1)
}
