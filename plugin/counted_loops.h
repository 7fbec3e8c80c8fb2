// Loops that end by counting and call nothing but inlined functions: tested once, in front.
//
// A test in such a loop, a load that may not move and a call that may do anything, keeps clang from
// vectorising it, and a loop over a small function is up to ten times as slow. Tested in front, it
// notices a switch when it begins again: it cannot wait for anything, and ends.
#ifndef OMNITRACE_PLUGIN_COUNTED_LOOPS_H_
#define OMNITRACE_PLUGIN_COUNTED_LOOPS_H_

#include "llvm/IR/PassManager.h"

namespace omnitrace {

// In a traced function the outermost loops are tested with the function (inlined_switches.h). Any
// other one gets a copy, without tests, that runs while all its switches are off.
//
// Before the optimiser's passes for loops, all of which are then for the copy as they are for the
// plain loop.
class CountedLoopsPass : public llvm::PassInfoMixin<CountedLoopsPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager& analyses);
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_COUNTED_LOOPS_H_
