#include "shared.h"

extern "C" void call(int number) {
  shared(number);
  const char* name = NAME;
  OMNITRACE_PROBE("library:call", name, number);
}
