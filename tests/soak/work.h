// What the threads of the soak test do. Results depend on the arguments alone.
#ifndef OMNITRACE_TESTS_SOAK_WORK_H_
#define OMNITRACE_TESTS_SOAK_WORK_H_

#include <cstdint>

namespace foo {

int add(int a, int b);
// Calls all the others, but for day().
uint64_t round(unsigned seed);
// Calls round() `rounds` times: open while whole blocks are written.
uint64_t day(unsigned seed, unsigned rounds);

}  // namespace foo

#endif  // OMNITRACE_TESTS_SOAK_WORK_H_
