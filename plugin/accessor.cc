#include "plugin/accessor.h"

#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "plugin/class_fields.h"

namespace omnitrace {
namespace {

using clang::CXXMethodDecl;
using clang::CXXRecordDecl;
using clang::Expr;

// Accessors may call accessors, of the class or of its fields, so often.
constexpr int kMostCalls = 6;

const CXXMethodDecl* FindMethod(const CXXRecordDecl& record, llvm::StringRef name) {
  const CXXMethodDecl* found = nullptr;
  for (const CXXMethodDecl* method : record.methods()) {
    bool same = method->getNameAsString() == name && method->getNumParams() == 0 &&
                !method->isStatic() && !method->isVirtual() &&
                method->getRefQualifier() != clang::RQ_RValue;
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

// What checks something, such as assert(…): a cast to void, or a choice between two of them.
bool IsCheck(const clang::Stmt& statement) {
  if (llvm::isa<clang::NullStmt>(statement)) return true;
  const auto* expression = llvm::dyn_cast<Expr>(&statement);
  if (!expression) return false;
  if (const auto* cleanups = llvm::dyn_cast<clang::ExprWithCleanups>(expression))
    expression = cleanups->getSubExpr();
  expression = expression->IgnoreParens();
  return llvm::isa<clang::ExplicitCastExpr, clang::ConditionalOperator>(expression);
}

// The one expression that a body returns.
const Expr* ReturnedExpression(const clang::FunctionDecl& function) {
  const clang::FunctionDecl* definition = nullptr;
  if (!function.isDefined(definition)) {
    const clang::FunctionDecl* pattern = function.getTemplateInstantiationPattern();
    if (!pattern || !pattern->isDefined(definition)) return nullptr;
  }
  const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(definition->getBody());
  if (!body || body->body_empty()) return nullptr;
  for (const clang::Stmt* statement : llvm::drop_end(body->body())) {
    if (!IsCheck(*statement)) return nullptr;
  }
  const auto* returned = llvm::dyn_cast<clang::ReturnStmt>(body->body_back());
  return returned ? returned->getRetValue() : nullptr;
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

// Whether a function gives back its one parameter.
bool IsIdentity(const clang::NamedDecl& declaration) {
  const clang::NamedDecl* named = declaration.getUnderlyingDecl();
  const auto* function = named->getAsFunction();
  const Expr* returned = function ? ReturnedExpression(*function) : nullptr;
  if (!returned || function->getNumParams() != 1) return false;
  const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(WithoutCasts(returned));
  return name && llvm::isa<clang::ParmVarDecl>(name->getDecl());
}

class Evaluator {
 public:
  Evaluator(const CXXRecordDecl& record, const clang::ASTContext& context, int calls)
      : record_(record), context_(context), calls_(calls) {}

  std::optional<Accessed> Method(llvm::StringRef name) {
    const CXXMethodDecl* method = FindMethod(record_, name);
    const Expr* returned = method ? ReturnedExpression(*method) : nullptr;
    if (!returned) return std::nullopt;
    return Value(returned);
  }

 private:
  std::optional<Accessed> Value(const Expr* expression) {
    expression = WithoutCasts(expression);
    if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expression)) return Unary(*unary);
    if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expression))
      return Binary(*binary);
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(expression)) return Call(*call);
    if (std::optional<int64_t> number = Number(expression)) {
      Accessed accessed;
      accessed.offset = *number;
      return accessed;
    }
    return Field(expression);
  }

  std::optional<Accessed> Field(const Expr* expression) {
    std::optional<std::string> path = Path(expression);
    if (!path || path->empty()) return std::nullopt;
    std::optional<FieldPlace> place = FindPath(record_, *path, context_);
    if (!place || place->bit != 0) return std::nullopt;
    Accessed accessed;
    // An array is the address of its first element.
    bool array = place->type->isArrayType();
    accessed.kind = array ? Accessed::Kind::kAddress : Accessed::Kind::kField;
    accessed.offset = place->offset;
    accessed.type = place->type;
    return accessed;
  }

  // The fields' names from the object to a member, "" for the object; none of anything else.
  static std::optional<std::string> Path(const Expr* expression) {
    expression = WithoutCasts(expression);
    if (llvm::isa<clang::CXXThisExpr>(expression)) return "";
    const auto* deref = llvm::dyn_cast<clang::UnaryOperator>(expression);
    if (deref && deref->getOpcode() == clang::UO_Deref &&
        llvm::isa<clang::CXXThisExpr>(WithoutCasts(deref->getSubExpr())))
      return "";
    std::string name;
    std::optional<std::string> owner;
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(expression)) {
      bool inside = member->isImplicitAccess() || !member->isArrow() || IsThis(member->getBase());
      if (!inside || !llvm::isa<clang::FieldDecl>(member->getMemberDecl())) return std::nullopt;
      name = member->getMemberDecl()->getNameAsString();
      owner = Path(member->getBase());
    } else if (const auto* dependent =
                   llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(expression)) {
      name = dependent->getMember().getAsString();
      if (dependent->isImplicitAccess()) return name;
      if (dependent->isArrow() && !IsThis(dependent->getBase())) return std::nullopt;
      owner = Path(dependent->getBase());
    }
    if (name.empty() && llvm::isa<clang::MemberExpr>(expression)) return owner;  // anonymous
    if (name.empty() || !owner) return std::nullopt;
    return owner->empty() ? name : *owner + "." + name;
  }

  static bool IsThis(const Expr* expression) {
    return llvm::isa<clang::CXXThisExpr>(WithoutCasts(expression));
  }

  std::optional<Accessed> Unary(const clang::UnaryOperator& unary) {
    const Expr* operand = WithoutCasts(unary.getSubExpr());
    if (unary.getOpcode() == clang::UO_Deref) {
      // What an address inside the object is of.
      std::optional<Accessed> pointer = Value(operand);
      bool inside = pointer && pointer->kind == Accessed::Kind::kAddress && pointer->added < 0;
      if (!inside) return std::nullopt;
      pointer->kind = Accessed::Kind::kField;
      pointer->type = unary.isTypeDependent() ? clang::QualType() : unary.getType();
      return pointer;
    }
    if (unary.getOpcode() != clang::UO_AddrOf) return std::nullopt;
    if (const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(operand)) {
      if (Number(WithoutCasts(element->getIdx())) != 0) return std::nullopt;
      return Value(element->getBase());
    }
    std::optional<Accessed> field = Value(operand);
    if (!field || field->kind == Accessed::Kind::kNumber || field->added >= 0) return std::nullopt;
    field->kind = Accessed::Kind::kAddress;
    return field;
  }

  std::optional<Accessed> Binary(const clang::BinaryOperator& sum) {
    if (sum.isCommaOp()) return IsCheck(*sum.getLHS()) ? Value(sum.getRHS()) : std::nullopt;
    bool plus = sum.getOpcode() == clang::BO_Add, minus = sum.getOpcode() == clang::BO_Sub;
    if (!plus && !minus) return std::nullopt;
    std::optional<Accessed> left = Value(sum.getLHS()), right = Value(sum.getRHS());
    bool simple = left && right && left->added < 0 && left->subtracted < 0 && right->added < 0 &&
                  right->subtracted < 0 && right->kind == Accessed::Kind::kField &&
                  !right->type.isNull() && left->kind != Accessed::Kind::kNumber;
    if (!simple) return std::nullopt;
    if (plus) {
      if (!right->type->isIntegerType()) return std::nullopt;
      left->added = right->offset;
      left->added_type = right->type;
    } else {
      if (!right->type->isPointerType() || left->kind != Accessed::Kind::kField)
        return std::nullopt;
      left->subtracted = right->offset;
    }
    return left;
  }

  // size(), this->size(), storage_.size(), or a function of one argument.
  std::optional<Accessed> Call(const clang::CallExpr& call) {
    const Expr* callee = WithoutCasts(call.getCallee());
    if (call.getNumArgs() == 1) return Passed(*callee, call.getArg(0));
    if (call.getNumArgs() != 0 || calls_ == 0) return std::nullopt;
    std::string name;
    std::optional<std::string> owner;
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(callee)) {
      name = member->getMemberDecl()->getNameAsString();
      owner = Path(member->getBase());
    } else if (const auto* dependent = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(callee)) {
      name = dependent->getMember().getAsString();
      owner = dependent->isImplicitAccess() ? "" : Path(dependent->getBase());
    } else if (const auto* overloads = llvm::dyn_cast<clang::UnresolvedMemberExpr>(callee)) {
      name = overloads->getMemberName().getAsString();
      owner = overloads->isImplicitAccess() ? "" : Path(overloads->getBase());
    }
    return owner ? CallOf(*owner, name) : std::nullopt;
  }

  std::optional<Accessed> CallOf(llvm::StringRef owner, llvm::StringRef name) {
    std::optional<FieldPlace> place = FindPath(record_, owner, context_);
    const CXXRecordDecl* inner = place ? place->type->getAsCXXRecordDecl() : nullptr;
    if (!inner || !inner->isCompleteDefinition()) return std::nullopt;
    std::optional<Accessed> accessed = Evaluator(*inner, context_, calls_ - 1).Method(name);
    if (!accessed || accessed->kind == Accessed::Kind::kNumber) return accessed;
    accessed->offset += place->offset;
    if (accessed->added >= 0) accessed->added += place->offset;
    if (accessed->subtracted >= 0) accessed->subtracted += place->offset;
    return accessed;
  }

  // std::launder, std::addressof, or a function that only gives its argument back.
  std::optional<Accessed> Passed(const Expr& callee, const Expr* argument) {
    std::string name;
    bool identity = false;
    if (const auto* known = llvm::dyn_cast<clang::DeclRefExpr>(&callee)) {
      name = known->getDecl()->getNameAsString();
      identity = IsIdentity(*known->getDecl());
    } else if (const auto* lookup = llvm::dyn_cast<clang::UnresolvedLookupExpr>(&callee)) {
      name = lookup->getName().getAsString();
      for (const clang::NamedDecl* found : lookup->decls()) identity |= IsIdentity(*found);
    }
    if (identity || name == "launder") return Value(argument);
    if (name != "addressof") return std::nullopt;
    std::optional<Accessed> field = Field(WithoutCasts(argument));
    if (field) field->kind = Accessed::Kind::kAddress;
    return field;
  }

  // A constant, or a template argument by its parameter.
  std::optional<int64_t> Number(const Expr* expression) {
    if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expression)) {
      const auto* parameter = llvm::dyn_cast<clang::NonTypeTemplateParmDecl>(name->getDecl());
      if (parameter) return NumberArgument(record_, parameter->getIndex());
    }
    clang::Expr::EvalResult result;
    bool constant = !expression->isValueDependent() && !expression->isTypeDependent() &&
                    expression->getType()->isIntegralOrEnumerationType() &&
                    expression->EvaluateAsInt(result, context_);
    if (!constant) return std::nullopt;
    return result.Val.getInt().getSExtValue();
  }

  const CXXRecordDecl& record_;
  const clang::ASTContext& context_;
  const int calls_;
};

}  // namespace

std::optional<Accessed> FindAccessed(const CXXRecordDecl& record, llvm::StringRef name,
                                     const clang::ASTContext& context) {
  return Evaluator(record, context, kMostCalls).Method(name);
}

clang::QualType AccessorType(const CXXRecordDecl& record, llvm::StringRef name) {
  const CXXMethodDecl* method = FindMethod(record, name);
  if (!method || method->getReturnType()->isUndeducedType()) return clang::QualType();
  return method->getReturnType();
}

}  // namespace omnitrace
