// Hands over the functions of a translation unit, each once and as soon as Clang has its body:
// instantiations of templates, call operators of lambdas and the members that Clang makes too. The
// plugin marks them, and `omnitrace select` lists them, so both see the same ones.
#ifndef OMNITRACE_PLUGIN_FUNCTION_CONSUMER_H_
#define OMNITRACE_PLUGIN_FUNCTION_CONSUMER_H_

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTMutationListener.h"
#include "llvm/ADT/DenseSet.h"

namespace omnitrace {

class FunctionConsumer : public clang::ASTConsumer, public clang::ASTMutationListener {
 public:
  bool HandleTopLevelDecl(clang::DeclGroupRef group) override;
  void HandleInlineFunctionDefinition(clang::FunctionDecl* function) override;
  void HandleCXXStaticMemberVarInstantiation(clang::VarDecl* variable) override;
  clang::ASTMutationListener* GetASTMutationListener() override { return this; }
  void CompletedImplicitDefinition(const clang::FunctionDecl* function) override;

 protected:
  // `function` has a body and is no template.
  virtual void HandleFunction(clang::FunctionDecl* function) = 0;

 private:
  class Visitor;

  void Search(clang::Decl* decl);
  void Offer(clang::FunctionDecl* function);

  llvm::DenseSet<const clang::FunctionDecl*> seen_;
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_FUNCTION_CONSUMER_H_
