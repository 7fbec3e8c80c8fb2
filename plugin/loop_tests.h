// The tests of inlined functions in a loop, and what the loop is without them.
#ifndef OMNITRACE_PLUGIN_LOOP_TESTS_H_
#define OMNITRACE_PLUGIN_LOOP_TESTS_H_

#include <vector>

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "plugin/switch_test.h"

namespace omnitrace {

using LoopTests = std::vector<SwitchTest>;

LoopTests FindTests(const llvm::Loop& loop);

// Without its tests, whether a loop calls nothing but intrinsics, and whether it ends by counting:
// a number of times that is known when it begins. (In `i < vector.size()` it is not: the optimiser
// doesn't know yet that nothing in the loop changes the vector.)
bool CallsNothing(const llvm::Loop& loop);
bool IsCounted(const llvm::Loop& loop, const LoopTests& tests, llvm::TargetLibraryInfo* library);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_LOOP_TESTS_H_
