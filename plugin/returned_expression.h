// What the body of an accessor says, when that is one expression.
#ifndef OMNITRACE_PLUGIN_RETURNED_EXPRESSION_H_
#define OMNITRACE_PLUGIN_RETURNED_EXPRESSION_H_

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

namespace omnitrace {

// The method `name` without parameters, a const one if there are several, of a class or its bases;
// null when there is none.
const clang::CXXMethodDecl* FindMethod(const clang::CXXRecordDecl& record, llvm::StringRef name);

// The one expression that a body returns, behind checks and locals that nothing changes; of a
// template that isn't instantiated the pattern's. Null when the body is another, or unknown.
const clang::Expr* ReturnedExpression(const clang::FunctionDecl& function);

// What a local is made of, or a member of a local union that has but one; else null.
const clang::Expr* LocalValue(const clang::Expr& expression);

const clang::Expr* WithoutCasts(const clang::Expr* expression);

// What checks something, such as assert(…): a cast to void, or a choice between two of them.
bool IsCheck(const clang::Stmt& statement);

// Whether a function gives back its one parameter.
bool IsIdentity(const clang::NamedDecl& declaration);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_RETURNED_EXPRESSION_H_
