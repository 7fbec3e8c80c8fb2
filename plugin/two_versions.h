// Two versions of a body, for -fomni-start=standby: the plain one, which everybody calls, and a
// cold twin that records. The plain one starts with one test of a byte.
#ifndef OMNITRACE_PLUGIN_TWO_VERSIONS_H_
#define OMNITRACE_PLUGIN_TWO_VERSIONS_H_

#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"

namespace omnitrace {

// Not a variadic function with a parameter in memory: nothing hands on both (ForwardKind).
bool CanBeSplit(const llvm::Function& function);

// Clones `function` into a twin and puts `if (*enabled) return twin(arguments);` in front of it.
// Returns the twin, still without hooks.
llvm::Function* SplitIntoTwoVersions(llvm::Function* function, llvm::GlobalVariable* enabled);

// Whether a jump from one's entry to the other's is a call with the same arguments. The optimiser
// may have changed the twin's parameters, which is nobody's but this function's.
bool TakeSameArguments(const llvm::Function& function, const llvm::Function& twin);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_TWO_VERSIONS_H_
