// Calls among twins. A plain version that everybody has inlined, but for twins, which inline
// nothing, would be in the object for these alone: 263 functions in the JSON sample, which with
// their unwinding tables are a third of its plain code. Its callers call its twin instead.
//
// The twin's hooks find out that the function is off, which costs as much as with
// OMNITRACE_MODE=off. Not where the plain version is there anyway: below a function that is on, all
// others are to run their plain code.
#ifndef OMNITRACE_PLUGIN_TWIN_CALLS_H_
#define OMNITRACE_PLUGIN_TWIN_CALLS_H_

#include "llvm/IR/PassManager.h"

namespace omnitrace {

// Behind all inlining. Leaves it to the optimiser to remove what nobody calls any more.
class TwinCallsPass : public llvm::PassInfoMixin<TwinCallsPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Module& module, llvm::ModuleAnalysisManager&);
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_TWIN_CALLS_H_
