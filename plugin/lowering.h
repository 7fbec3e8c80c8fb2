// The LLVM pass, at the start of the pipeline: finds the marked functions and puts the hooks in.
//
// Entry comes first of all, before a constructor's member initialisers; exit stands before every
// return and on the cleanup path of every call that may throw. Working on IR instead of the AST
// was decided by what a guard object in the body cannot do: member initialisers and destructors of
// members ran outside of their constructor's call, function-try-blocks needed a second scheme, and
// constant evaluation saw the hooks. It also costs the front end nothing: no header, no templates.
#ifndef OMNITRACE_PLUGIN_LOWERING_H_
#define OMNITRACE_PLUGIN_LOWERING_H_

#include "llvm/IR/PassManager.h"
#include "plugin/options.h"

namespace clang {
class CompilerInstance;
}  // namespace clang

namespace omnitrace {

class FunctionMarker;

class LoweringPass : public llvm::PassInfoMixin<LoweringPass> {
 public:
  LoweringPass(clang::CompilerInstance* compiler, const FunctionMarker* marker,
               const Options* options)
      : compiler_(compiler), marker_(marker), options_(options) {}

  llvm::PreservedAnalyses run(llvm::Module& module, llvm::ModuleAnalysisManager&);
  // Whether there was anything to do; a second time there is not.
  bool Lower(llvm::Module& module);
  static bool isRequired() { return true; }  // optnone functions are traced too

 private:
  clang::CompilerInstance* compiler_;
  const FunctionMarker* marker_;
  const Options* options_;
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_LOWERING_H_
