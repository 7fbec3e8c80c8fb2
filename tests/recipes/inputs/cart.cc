#include "cart.h"

namespace shop {
namespace detail {
// C++20, so that a recipe that loses the project's own flags doesn't compile.
bool is_free(const std::string& name) { return name.starts_with("free "); }
}  // namespace detail

void Cart::add(const std::string& name, int price) {
  if (!detail::is_free(name)) total_ += price;
}
}  // namespace shop
