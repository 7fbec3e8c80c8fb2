#include "plugin/returned_expression.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace omnitrace {
namespace {

using clang::CXXMethodDecl;
using clang::CXXRecordDecl;
using clang::Expr;

bool DeclaresLocals(const clang::Stmt& statement) {
  const auto* declarations = llvm::dyn_cast<clang::DeclStmt>(&statement);
  if (!declarations) return false;
  return llvm::all_of(declarations->decls(), [](const clang::Decl* declaration) {
    const auto* variable = llvm::dyn_cast<clang::VarDecl>(declaration);
    return variable ? variable->hasLocalStorage() : llvm::isa<clang::TypeDecl>(declaration);
  });
}

// What a member is one of; null when that isn't said.
const Expr* OwnerOf(const Expr& expression) {
  if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&expression))
    return member->isArrow() ? nullptr : member->getBase();
  const auto* dependent = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(&expression);
  bool said = dependent && !dependent->isImplicitAccess() && !dependent->isArrow();
  return said ? dependent->getBase() : nullptr;
}

// The only one of a list in braces or parentheses.
const Expr* OnlyOne(const Expr* initializer) {
  if (const auto* list = llvm::dyn_cast<clang::InitListExpr>(initializer))
    return list->getNumInits() == 1 ? list->getInit(0) : nullptr;
  if (const auto* list = llvm::dyn_cast<clang::ParenListExpr>(initializer))
    return list->getNumExprs() == 1 ? list->getExpr(0) : nullptr;
  return initializer;
}

}  // namespace

const CXXMethodDecl* FindMethod(const CXXRecordDecl& record, llvm::StringRef name) {
  const CXXMethodDecl* found = nullptr;
  for (const CXXMethodDecl* method : record.methods()) {
    bool same = method->getNameAsString() == name && method->getNumParams() == 0 &&
                !method->isVirtual() && method->getRefQualifier() != clang::RQ_RValue;
    if (same && (!found || method->isConst())) found = method;
  }
  if (found || !record.hasDefinition()) return found;
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    if (base_class && !base.isVirtual()) found = FindMethod(*base_class, name);
    if (found) return found;
  }
  return nullptr;
}

bool IsCheck(const clang::Stmt& statement) {
  if (llvm::isa<clang::NullStmt>(statement)) return true;
  const auto* expression = llvm::dyn_cast<Expr>(&statement);
  if (!expression) return false;
  if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(expression))
    expression = cleanups->getSubExpr();
  expression = expression->IgnoreParens();
  return llvm::isa<clang::ExplicitCastExpr, clang::ConditionalOperator>(expression);
}

const Expr* ReturnedExpression(const clang::FunctionDecl& function) {
  const clang::FunctionDecl* definition = nullptr;
  if (!function.isDefined(definition)) {
    const clang::FunctionDecl* pattern = function.getTemplateInstantiationPattern();
    if (!pattern || !pattern->isDefined(definition)) return nullptr;
  }
  const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(definition->getBody());
  if (!body || body->body_empty()) return nullptr;
  for (const clang::Stmt* statement : llvm::drop_end(body->body())) {
    if (!IsCheck(*statement) && !DeclaresLocals(*statement)) return nullptr;
  }
  const auto* returned = llvm::dyn_cast<clang::ReturnStmt>(body->body_back());
  return returned ? returned->getRetValue() : nullptr;
}

const Expr* LocalValue(const Expr& expression) {
  const Expr* local = &expression;
  const Expr* owner = OwnerOf(expression);
  if (owner && !owner->getType()->isUnionType()) return nullptr;
  if (owner) local = WithoutCasts(owner);
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(local);
  const auto* variable = name ? llvm::dyn_cast<clang::VarDecl>(name->getDecl()) : nullptr;
  if (!variable || !variable->hasLocalStorage() || !variable->getInit()) return nullptr;
  return OnlyOne(variable->getInit());
}

const Expr* WithoutCasts(const Expr* expression) {
  for (;;) {
    const Expr* inner = expression->IgnoreParenImpCasts();
    if (const auto* cast = llvm::dyn_cast<clang::ExplicitCastExpr>(inner))
      inner = cast->getSubExpr();
    if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(inner))
      inner = cleanups->getSubExpr();
    if (inner == expression) return inner;
    expression = inner;
  }
}

bool IsIdentity(const clang::NamedDecl& declaration) {
  const clang::NamedDecl* named = declaration.getUnderlyingDecl();
  const auto* function = named->getAsFunction();
  const Expr* returned = function ? ReturnedExpression(*function) : nullptr;
  if (!returned || function->getNumParams() != 1) return false;
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(WithoutCasts(returned));
  return name && llvm::isa<clang::ParmVarDecl>(name->getDecl());
}

}  // namespace omnitrace
