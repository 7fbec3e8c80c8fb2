// Inlined functions without their tests: the function around them is tested instead.
//
// A traced function whose entry tests its own switch needs no test of what was inlined into it,
// provided that whoever turns one of those on turns the outer switch on with it. Then the outer
// function's twin runs, which has every test, and calls what was inlined. The tests were what a
// real program paid: all of nlohmann_json, off, took 1.10 times the plain instructions with them.
#ifndef OMNITRACE_PLUGIN_INLINED_SWITCHES_H_
#define OMNITRACE_PLUGIN_INLINED_SWITCHES_H_

#include "llvm/IR/PassManager.h"
#include "plugin/switch_test.h"

namespace omnitrace {

// Whether a function's own test may stand for others in it: every call of it passes that first.
bool CanCover(const llvm::Function& function);
// Removes a test, for which the function that it is in is tested from now on. Blocks may become
// unreachable.
void Cover(const SwitchTest& test);

// Between a function's inlining and its simplification, so that the optimiser sees the plain body
// and later inliners its plain size.
//
// A test in a cycle of the function stays: `for (;;) handle();` has to notice the switch. So does
// every one in a function that turns others on itself, which would wonder at its own next call.
class CoverInlinedPass : public llvm::PassInfoMixin<CoverInlinedPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

// At the end: tells the runtime which switches go with which (section omni_inlined, see
// runtime/workspace/description.h).
class EmitInlinedPass : public llvm::PassInfoMixin<EmitInlinedPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Module& module, llvm::ModuleAnalysisManager&);
  static bool isRequired() { return true; }
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_INLINED_SWITCHES_H_
