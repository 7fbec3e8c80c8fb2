#include "shared_inline.h"
template struct foo::Box<int>;
namespace foo {
int library(int x) { return shared(x); }
}  // namespace foo
