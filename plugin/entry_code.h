// The test of a function's own switch as machine code in front of the function's own: two
// instructions, and behind them the plain body as it would be alone.
//
// As a branch in the entry block the test costs a third instruction in `int f(int a, int b)`
// (add and mov for lea: the register allocator sees an argument only in the entry block), and as
// many as it takes to keep every argument for the twin. In front of the function all registers and
// the stack are the caller's, so that a jump is a call of the twin with any signature.
#ifndef OMNITRACE_PLUGIN_ENTRY_CODE_H_
#define OMNITRACE_PLUGIN_ENTRY_CODE_H_

#include "llvm/IR/PassManager.h"

namespace clang {
class CompilerInstance;
}  // namespace clang

namespace omnitrace {

// After all inlining, which would lose this code. Leaves the branch where something before it has
// effects, or where the first instruction has to be another one.
class EntryCodePass : public llvm::PassInfoMixin<EntryCodePass> {
 public:
  llvm::PreservedAnalyses run(llvm::Module& module, llvm::ModuleAnalysisManager&);

  // Whether the module of this compilation becomes machine code without another optimiser, and
  // nothing that holds for all its functions is in the way.
  static bool IsFor(const clang::CompilerInstance& compiler);
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_ENTRY_CODE_H_
