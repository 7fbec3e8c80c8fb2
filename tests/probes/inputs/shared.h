// An inline function that a program and its libraries have.
#include <omnitrace/omnitrace.h>

inline void shared(int number) { OMNITRACE_PROBE("shared", number); }
