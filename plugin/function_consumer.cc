#include "plugin/function_consumer.h"

#include "clang/AST/RecursiveASTVisitor.h"

namespace omnitrace {

class FunctionConsumer::Visitor : public clang::RecursiveASTVisitor<Visitor> {
 public:
  explicit Visitor(FunctionConsumer& consumer) : consumer_(consumer) {}
  bool shouldVisitImplicitCode() const { return true; }
  bool shouldVisitTemplateInstantiations() const { return true; }
  bool VisitFunctionDecl(clang::FunctionDecl* function) {
    consumer_.Offer(function);
    return true;
  }
  // The call operator of a generic lambda's template is no function; its instantiations are.
  bool VisitLambdaExpr(clang::LambdaExpr* lambda) {
    if (clang::CXXMethodDecl* call = lambda->getCallOperator()) consumer_.Offer(call);
    return true;
  }

 private:
  FunctionConsumer& consumer_;
};

bool FunctionConsumer::HandleTopLevelDecl(clang::DeclGroupRef group) {
  for (clang::Decl* decl : group) Search(decl);
  return true;
}

void FunctionConsumer::HandleInlineFunctionDefinition(clang::FunctionDecl* function) {
  Search(function);
}

void FunctionConsumer::HandleCXXStaticMemberVarInstantiation(clang::VarDecl* variable) {
  Search(variable);
}

// Implicit and defaulted members are never handed over by the parser.
void FunctionConsumer::CompletedImplicitDefinition(const clang::FunctionDecl* function) {
  Offer(const_cast<clang::FunctionDecl*>(function));
}

void FunctionConsumer::Search(clang::Decl* decl) { Visitor(*this).TraverseDecl(decl); }

void FunctionConsumer::Offer(clang::FunctionDecl* function) {
  if (!function->doesThisDeclarationHaveABody() || function->isDependentContext() ||
      function->isInvalidDecl() || function->getBody() == nullptr)
    return;
  if (seen_.insert(function).second) HandleFunction(function);
}

}  // namespace omnitrace
