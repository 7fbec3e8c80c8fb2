#include "counting.h"

extern "C" int helper(int n);

int counting::total(int first, int second) {
  Counter<int> counter;
  counter.reset();
  counter.add(helper(first));
  return counter.add(second);
}
