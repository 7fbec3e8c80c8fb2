// A unit with copies of its own: -DNAME names its function.
#include "copies.h"

namespace foo {
[[gnu::visibility("default")]] int NAME(int n) { return shared(n) + twice(n); }
}  // namespace foo
