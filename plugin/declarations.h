// Looking declarations up by name and kind.
#ifndef OMNITRACE_PLUGIN_DECLARATIONS_H_
#define OMNITRACE_PLUGIN_DECLARATIONS_H_

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclBase.h"
#include "llvm/ADT/StringRef.h"

namespace omnitrace {

// The first Declaration of that name that the scope itself has; null when there is none.
template <typename Declaration>
Declaration* FindDeclaration(const clang::DeclContext& scope, llvm::StringRef name,
                             const clang::ASTContext& context) {
  for (clang::NamedDecl* found : scope.lookup(&context.Idents.get(name))) {
    if (auto* declaration = llvm::dyn_cast<Declaration>(found)) return declaration;
  }
  return nullptr;
}

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_DECLARATIONS_H_
