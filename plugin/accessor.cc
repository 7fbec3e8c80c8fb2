#include "plugin/accessor.h"

#include <string>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "plugin/class_fields.h"
#include "plugin/returned_expression.h"

namespace omnitrace {
namespace {

using clang::CXXMethodDecl;
using clang::CXXRecordDecl;
using clang::Expr;

// Accessors may call accessors, of the class or of its fields, so often.
constexpr int kMostCalls = 6;

using Kind = Accessed::Kind;

// Whether something that is tested isn't 0.
std::optional<Accessed> AsTest(std::optional<Accessed> value) {
  if (!value || value->kind == Kind::kNumber || value->kind == Kind::kTest) return value;
  bool field = value->kind == Kind::kField && value->added < 0 && value->subtracted < 0 &&
               value->shift == 0 && !value->otherwise && !value->type.isNull();
  if (!field || !(value->type->isIntegerType() || value->type->isPointerType()))
    return std::nullopt;
  value->kind = Kind::kTest;
  value->operand = -1;
  return value;
}

class Evaluator {
 public:
  Evaluator(const CXXRecordDecl& record, const clang::ASTContext& context, int calls)
      : record_(record), context_(context), calls_(calls) {}

  std::optional<Accessed> Method(llvm::StringRef name) {
    const CXXMethodDecl* method = FindMethod(record_, name);
    const Expr* returned = method ? ReturnedExpression(*method) : nullptr;
    if (!returned) return std::nullopt;
    scope_ = method->getParent();
    return Value(returned);
  }

 private:
  std::optional<Accessed> Value(const Expr* expression) {
    expression = WithoutCasts(expression);
    if (const Expr* local = LocalValue(*expression)) return Value(local);
    if (std::optional<int64_t> number = Number(expression)) {
      Accessed accessed;
      accessed.offset = *number;
      return accessed;
    }
    if (const auto* unary = llvm::dyn_cast<clang::UnaryOperator>(expression)) return Unary(*unary);
    if (const auto* binary = llvm::dyn_cast<clang::BinaryOperator>(expression))
      return Binary(*binary);
    if (const auto* choice = llvm::dyn_cast<clang::ConditionalOperator>(expression))
      return Choice(*choice);
    if (const auto* call = llvm::dyn_cast<clang::CallExpr>(expression)) return Call(*call);
    return Field(expression);
  }

  std::optional<Accessed> Field(const Expr* expression) {
    std::optional<std::string> path = Path(expression);
    if (!path || path->empty()) return std::nullopt;
    std::optional<FieldPlace> place = FindPath(record_, *path, context_);
    if (!place || place->bit_field) return std::nullopt;
    Accessed accessed;
    // An array is the address of its first element.
    bool array = place->type->isArrayType();
    accessed.kind = array ? Kind::kAddress : Kind::kField;
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
      bool inside =
          pointer && pointer->kind == Kind::kAddress && pointer->added < 0 && !pointer->otherwise;
      if (!inside) return std::nullopt;
      pointer->kind = Kind::kField;
      pointer->type = unary.isTypeDependent() ? clang::QualType() : unary.getType();
      return pointer;
    }
    if (unary.getOpcode() == clang::UO_LNot) return Not(AsTest(Value(operand)));
    return unary.getOpcode() == clang::UO_AddrOf ? AddressOf(operand) : std::nullopt;
  }

  static std::optional<Accessed> Not(std::optional<Accessed> test) {
    if (!test || test->kind != Kind::kTest) return std::nullopt;
    test->negated = !test->negated;
    return test;
  }

  std::optional<Accessed> AddressOf(const Expr* operand) {
    if (const auto* element = llvm::dyn_cast<clang::ArraySubscriptExpr>(operand)) {
      if (Number(WithoutCasts(element->getIdx())) != 0) return std::nullopt;
      return Value(element->getBase());
    }
    std::optional<Accessed> field = Value(operand);
    bool place = field && (field->kind == Kind::kField || field->kind == Kind::kAddress);
    if (!place || field->added >= 0 || field->shift != 0 || field->otherwise) return std::nullopt;
    field->kind = Kind::kAddress;
    return field;
  }

  // The address inside, and the pointer, that a test chooses from.
  std::optional<Accessed> Choice(const clang::ConditionalOperator& choice) {
    std::optional<Accessed> test = AsTest(Value(choice.getCond()));
    if (!test) return std::nullopt;
    if (test->kind == Kind::kNumber)
      return Value(test->offset != 0 ? choice.getTrueExpr() : choice.getFalseExpr());
    std::optional<Accessed> yes = Value(choice.getTrueExpr()), no = Value(choice.getFalseExpr());
    if (!yes || !no) return std::nullopt;
    yes->test = std::make_shared<Accessed>(*test);
    yes->otherwise = std::make_shared<Accessed>(*no);
    return yes;
  }

  // A field's number, and what it is compared with or changed by.
  std::optional<Accessed> WithNumber(clang::BinaryOperatorKind operation, Accessed field,
                                     int64_t number) {
    bool whole = field.shift == 0 && field.added < 0 && field.subtracted < 0 && !field.otherwise;
    std::optional<Accessed> nonzero = AsTest(field);
    if (!whole || !nonzero || number < 0 || number > INT32_MAX) return std::nullopt;
    if (operation == clang::BO_NE && number == 0) return nonzero;
    if (operation == clang::BO_EQ && number == 0) return Not(nonzero);
    if (!field.type.isNull() && field.type->isPointerType()) return std::nullopt;
    if (operation == clang::BO_Shr && field.kind == Kind::kField && number < 64) {
      field.shift = static_cast<int>(number);
      return field;
    }
    if (field.kind != Kind::kField) return std::nullopt;
    nonzero->operand = number;
    if (operation == clang::BO_And) return nonzero;
    nonzero->by_more = true;
    bool least = operation == clang::BO_GE || operation == clang::BO_LT;
    if (least && nonzero->operand-- == 0) return std::nullopt;
    if (operation == clang::BO_GT || operation == clang::BO_GE) return nonzero;
    bool less = operation == clang::BO_LT || operation == clang::BO_LE;
    return less ? Not(nonzero) : std::nullopt;
  }

  std::optional<Accessed> Binary(const clang::BinaryOperator& sum) {
    if (sum.isCommaOp()) return IsCheck(*sum.getLHS()) ? Value(sum.getRHS()) : std::nullopt;
    std::optional<Accessed> left = Value(sum.getLHS()), right = Value(sum.getRHS());
    if (left && right && left->kind != Kind::kNumber && right->kind == Kind::kNumber)
      return WithNumber(sum.getOpcode(), *left, right->offset);
    bool plus = sum.getOpcode() == clang::BO_Add, minus = sum.getOpcode() == clang::BO_Sub;
    if (!plus && !minus) return std::nullopt;
    bool simple = left && right && left->added < 0 && left->subtracted < 0 && right->added < 0 &&
                  right->subtracted < 0 && right->kind == Kind::kField && !left->otherwise &&
                  !right->otherwise && left->shift == 0 && right->shift == 0 &&
                  !right->type.isNull() && left->kind != Kind::kNumber && left->kind != Kind::kTest;
    if (!simple) return std::nullopt;
    if (plus) {
      if (!right->type->isIntegerType()) return std::nullopt;
      left->added = right->offset;
      left->added_type = right->type;
    } else {
      if (!right->type->isPointerType() || left->kind != Kind::kField) return std::nullopt;
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
    if (std::optional<int64_t> index = TupleIndex(*callee)) return PartOf(*callee, *index);
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
    if (accessed) Move(place->offset, &*accessed);
    return accessed;
  }

  static void Move(int64_t offset, Accessed* accessed) {
    if (accessed->kind != Kind::kNumber) accessed->offset += offset;
    if (accessed->added >= 0) accessed->added += offset;
    if (accessed->subtracted >= 0) accessed->subtracted += offset;
    if (!accessed->otherwise) return;
    Move(offset, accessed->test.get());
    Move(offset, accessed->otherwise.get());
  }

  // Of field.get<index>().
  std::optional<int64_t> TupleIndex(const Expr& callee) const {
    if (const auto* member = llvm::dyn_cast<clang::MemberExpr>(&callee)) {
      const clang::FunctionDecl* function = member->getMemberDecl()->getAsFunction();
      const auto* arguments = function ? function->getTemplateSpecializationArgs() : nullptr;
      bool number = arguments && arguments->size() == 1 && function->getNameAsString() == "get" &&
                    arguments->get(0).getKind() == clang::TemplateArgument::Integral;
      if (number) return arguments->get(0).getAsIntegral().getExtValue();
    }
    const auto* dependent = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(&callee);
    bool get = dependent && dependent->getMember().getAsString() == "get" &&
               dependent->getNumTemplateArgs() == 1;
    if (!get) return std::nullopt;
    const clang::TemplateArgument& argument = dependent->template_arguments()[0].getArgument();
    if (argument.getKind() != clang::TemplateArgument::Expression) return std::nullopt;
    return Number(WithoutCasts(argument.getAsExpr()));
  }

  std::optional<Accessed> PartOf(const Expr& callee, int64_t index) {
    const auto* member = llvm::dyn_cast<clang::MemberExpr>(&callee);
    const auto* dependent = llvm::dyn_cast<clang::CXXDependentScopeMemberExpr>(&callee);
    if (!member && dependent->isImplicitAccess()) return std::nullopt;
    std::optional<std::string> owner = Path(member ? member->getBase() : dependent->getBase());
    std::optional<FieldPlace> tuple;
    if (owner) tuple = FindPath(record_, *owner, context_);
    const CXXRecordDecl* inner = tuple ? tuple->type->getAsCXXRecordDecl() : nullptr;
    std::optional<FieldPlace> part;
    if (inner) part = FindTuplePart(*inner, index, context_);
    if (!part) return std::nullopt;
    Accessed accessed;
    accessed.kind = Kind::kField;
    accessed.offset = tuple->offset + part->offset;
    accessed.type = part->type;
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
    return name == "addressof" ? AddressOf(WithoutCasts(argument)) : std::nullopt;
  }

  // A constant, or a template argument by its parameter.
  std::optional<int64_t> Number(const Expr* expression) const {
    if (llvm::isa<clang::CXXNullPtrLiteralExpr>(expression)) return 0;
    if (const auto* name = llvm::dyn_cast<clang::DeclRefExpr>(expression)) {
      const auto* parameter = llvm::dyn_cast<clang::NonTypeTemplateParmDecl>(name->getDecl());
      if (parameter) return ParameterValue(*scope_, *parameter);
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
  const CXXRecordDecl* scope_ = nullptr;  // the class whose method is looked at
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
