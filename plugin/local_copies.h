// Locals in registers, although twins are called with their addresses.
//
// A small function that takes a reference, or a method of a local object, is inlined, and the local
// lives in registers; but not when its twin is called with the local's address in the middle, even
// if nobody ever looks. So the twin gets the address of a copy, which is brought back behind the
// call. In the JSON sample one such function (serializer::decode in the loop over a string's bytes)
// took 1.0 % of all instructions.
#ifndef OMNITRACE_PLUGIN_LOCAL_COPIES_H_
#define OMNITRACE_PLUGIN_LOCAL_COPIES_H_

#include "llvm/IR/PassManager.h"

namespace omnitrace {

// Between a function's inlining and its simplification, which does the rest. Only of locals whose
// address nobody else has, and of twins that keep none: to these a copy is the same.
class LocalCopiesPass : public llvm::PassInfoMixin<LocalCopiesPass> {
 public:
  llvm::PreservedAnalyses run(llvm::Function& function, llvm::FunctionAnalysisManager&);
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_LOCAL_COPIES_H_
