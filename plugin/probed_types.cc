#include "plugin/probed_types.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Mangle.h"
#include "plugin/declarations.h"

namespace omnitrace {
namespace {

// Null in a unit that doesn't include the header.
clang::ClassTemplateDecl* DescribedTemplate(const clang::ASTContext& context) {
  const clang::DeclContext* scope = context.getTranslationUnitDecl();
  for (const char* name : {"omnitrace", "internal"}) {
    if (scope) scope = FindDeclaration<clang::NamespaceDecl>(*scope, name, context);
  }
  return scope ? FindDeclaration<clang::ClassTemplateDecl>(*scope, "Described", context) : nullptr;
}

clang::QualType AsRecorded(clang::QualType type, const clang::ASTContext& context) {
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  bool dynamic = record && record->hasDefinition() && record->isDynamicClass();
  return dynamic ? context.getLValueReferenceType(type) : type;
}

}  // namespace

std::vector<ProbedType> FindProbedTypes(clang::ASTContext* context, const llvm::Module& module) {
  std::vector<ProbedType> found;
  clang::ClassTemplateDecl* described = DescribedTemplate(*context);
  if (!described) return found;
  clang::ASTNameGenerator names(*context);
  for (const auto* special : described->specializations()) {
    const auto* type = FindDeclaration<clang::VarDecl>(*special, "type", *context);
    llvm::GlobalVariable* variable =
        type ? module.getGlobalVariable(names.getName(type), true) : nullptr;
    if (!variable || !variable->hasInitializer() || !variable->getInitializer()->isNullValue())
      continue;
    found.push_back({variable, AsRecorded(special->getTemplateArgs()[0].getAsType(), *context)});
  }
  return found;
}

}  // namespace omnitrace
