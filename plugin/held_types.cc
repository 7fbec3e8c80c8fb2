#include "plugin/held_types.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Mangle.h"
#include "plugin/class_fields.h"
#include "plugin/declarations.h"

namespace omnitrace {
namespace {

const clang::ClassTemplateDecl* FindTemplate(const clang::CXXRecordDecl& record,
                                             llvm::StringRef name,
                                             const clang::ASTContext& context) {
  const clang::DeclContext* outer = record.getDeclContext();
  auto [scope, behind] = name.split("::");
  if (!behind.empty()) {
    const auto* inner = FindDeclaration<clang::NamespaceDecl>(*outer, scope, context);
    return inner ? FindDeclaration<clang::ClassTemplateDecl>(*inner, behind, context) : nullptr;
  }
  const auto* member = FindDeclaration<clang::ClassTemplateDecl>(record, name, context);
  return member ? member : FindDeclaration<clang::ClassTemplateDecl>(*outer, name, context);
}

const clang::CXXMethodDecl* FindManager(const clang::CXXRecordDecl& record, llvm::StringRef name) {
  for (const clang::CXXMethodDecl* method : record.methods()) {
    bool fits = method->isStatic() && method->getNameAsString() == name && method->isDefined();
    if (fits) return method;
  }
  return nullptr;
}

}  // namespace

std::vector<HeldType> FindHeldTypes(const clang::CXXRecordDecl& record, llvm::StringRef name,
                                    unsigned argument, llvm::StringRef manager,
                                    const LocalSymbols& locals, const clang::ASTContext& context) {
  std::vector<HeldType> held;
  const clang::ClassTemplateDecl* managers = FindTemplate(record, name, context);
  if (!managers) return held;
  clang::ASTNameGenerator names(const_cast<clang::ASTContext&>(context));
  for (const clang::ClassTemplateSpecializationDecl* special : managers->specializations()) {
    clang::QualType type = TypeArgument(*special, argument);
    const clang::CXXMethodDecl* function = FindManager(*special, manager);
    // Of a function's managers only those of its own signature.
    bool same =
        argument == 0 || (!TypeArgument(*special, 0).isNull() &&
                          context.hasSameType(TypeArgument(*special, 0), TypeArgument(record, 0)));
    if (type.isNull() || !function || !same) continue;
    if (function->isExternallyVisible()) {
      held.push_back({type, names.getName(function)});
    } else if (auto local = locals.find(function->getCanonicalDecl()); local != locals.end()) {
      held.push_back({type, local->second});
    }
  }
  return held;
}

}  // namespace omnitrace
