#ifndef OMNITRACE_TESTS_RECIPES_CART_H_
#define OMNITRACE_TESTS_RECIPES_CART_H_

#include <string>

namespace shop {

class Cart {
 public:
  void add(const std::string& item, int price);
  int total() const { return total_; }

 private:
  int total_ = 0;
};

}  // namespace shop

#endif  // OMNITRACE_TESTS_RECIPES_CART_H_
