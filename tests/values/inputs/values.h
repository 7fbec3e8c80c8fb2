// Functions whose calls show one value, the only ones that the tests of values trace.
#ifndef OMNITRACE_TESTS_VALUES_INPUTS_VALUES_H_
#define OMNITRACE_TESTS_VALUES_INPUTS_VALUES_H_

namespace values {
template <typename T>
void takes(T value) {}
template <typename T>
void sees(const T& value) {}
// Shows the value twice: as argument and as result.
template <typename T>
T gives(T value) {
  return value;
}
}  // namespace values

using values::gives;
using values::sees;
using values::takes;

#endif  // OMNITRACE_TESTS_VALUES_INPUTS_VALUES_H_
