// The project of all recipes: this program and the library cart. CHECK is the tree when namespace
// shop is traced, LIBRARY when it is traced in the library only and without shop::detail.
#include <cstdio>

#include "cart.h"

namespace shop {
int pay(const Cart& cart, int money) { return money - cart.total(); }
}  // namespace shop

// CHECK: thread 1 (shop)
// LIBRARY: thread 1 (shop)
int main() {
  shop::Cart cart;
  // CHECK-NEXT: {{^}}  shop::Cart::Cart() -> {total_: 0}{{$}}
  cart.add("bread", 3);
  // CHECK-NEXT: {{^}}  shop::Cart::add(this={total_: 0}, name="bread", price=3) changed this={total_: 3}{{$}}
  // CHECK-NEXT: {{^}}    shop::detail::is_free(name="bread") -> false{{$}}
  // LIBRARY-NEXT: {{^}}  shop::Cart::add(this={total_: 0}, name="bread", price=3) changed this={total_: 3}{{$}}
  cart.add("free sample", 1);
  // CHECK-NEXT: {{^}}  shop::Cart::add(this={total_: 3}, name="free sample", price=1){{$}}
  // CHECK-NEXT: {{^}}    shop::detail::is_free(name="free sample") -> true{{$}}
  // LIBRARY-NEXT: {{^}}  shop::Cart::add(this={total_: 3}, name="free sample", price=1){{$}}
  printf("%d\n", shop::pay(cart, 10));
  // CHECK-NEXT: {{^}}  shop::pay(cart={total_: 3}, money=10) -> 7{{$}}
  // CHECK-NEXT: {{^}}    shop::Cart::total(this={total_: 3}) -> 3{{$}}
}
// CHECK-NOT: {{.}}
// LIBRARY-NOT: {{.}}
