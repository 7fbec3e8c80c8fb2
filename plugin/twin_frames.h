// Frame pointers for twins. Without them every push and pop of a function has a line in its unwinding
// tables, and twins made for size push and pop a lot: in the JSON sample the tables are 8 KB shorter
// with them, and the code is 2 KB longer.
#ifndef OMNITRACE_PLUGIN_TWIN_FRAMES_H_
#define OMNITRACE_PLUGIN_TWIN_FRAMES_H_

#include "llvm/IR/PassManager.h"

namespace omnitrace {

// Where the module becomes machine code without another optimiser: not of twins with assembler code,
// which may use the register, or need it.
class TwinFramesPass : public llvm::PassInfoMixin<TwinFramesPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_TWIN_FRAMES_H_
