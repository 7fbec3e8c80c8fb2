#include "shared_inline.h"
template struct foo::Box<int>;
int untraced(int x) { return foo::shared(x); }
