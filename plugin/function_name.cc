#include "plugin/function_name.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/PrettyPrinter.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/Support/raw_ostream.h"

namespace omnitrace {
namespace {

clang::PrintingPolicy NamePolicy(const clang::ASTContext& context) {
  clang::PrintingPolicy policy(context.getLangOpts());
  policy.SuppressTagKeyword = true;
  policy.SuppressDefaultTemplateArgs = true;
  policy.SuppressInlineNamespace = true;
  policy.TerseOutput = true;
  policy.Bool = true;
  policy.UsePreferredNames = true;
  policy.AnonymousTagLocations = false;
  return policy;
}

// The names that everybody writes.
std::string Familiar(std::string text) {
  constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> kNames[] = {
      {"std::basic_string<char>", "std::string"},
      {"std::basic_string_view<char>", "std::string_view"}};
  for (const auto& [full, familiar] : kNames) {
    for (size_t at = text.find(full); at != std::string::npos; at = text.find(full, at))
      text.replace(at, full.size(), familiar);
  }
  return text;
}

std::string LambdaName(const clang::CXXRecordDecl& lambda) {
  const clang::SourceManager& sources = lambda.getASTContext().getSourceManager();
  clang::PresumedLoc place = sources.getPresumedLoc(sources.getExpansionLoc(lambda.getBeginLoc()));
  if (place.isInvalid()) return "(lambda)";
  return "(lambda " + std::to_string(place.getLine()) + ":" + std::to_string(place.getColumn()) +
         ")";
}

void PrintTemplateArguments(llvm::raw_ostream& out, llvm::ArrayRef<clang::TemplateArgument> args,
                            const clang::TemplateParameterList* parameters,
                            const clang::PrintingPolicy& policy) {
  clang::printTemplateArgumentList(out, args, policy, parameters);
}

std::string ClassName(const clang::CXXRecordDecl& record) {
  if (record.isLambda()) return LambdaName(record);
  if (!record.getName().empty()) return record.getNameAsString();
  const clang::TypedefNameDecl* alias = record.getTypedefNameForAnonDecl();
  return alias ? alias->getNameAsString() : "(anonymous class)";
}

std::string ClassPart(const clang::CXXRecordDecl& record, const clang::PrintingPolicy& policy) {
  std::string text = ClassName(record);
  if (const auto* special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record)) {
    llvm::raw_string_ostream out(text);
    PrintTemplateArguments(out, special->getTemplateArgs().asArray(),
                           special->getSpecializedTemplate()->getTemplateParameters(), policy);
  }
  return text;
}

std::string FunctionPart(const clang::FunctionDecl& function, const clang::PrintingPolicy& policy) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  std::string text;
  if (llvm::isa<clang::CXXConstructorDecl>(function)) {
    text = ClassName(*method->getParent());
  } else if (llvm::isa<clang::CXXDestructorDecl>(function)) {
    text = "~" + ClassName(*method->getParent());
  } else {
    llvm::raw_string_ostream out(text);
    function.getDeclName().print(out, policy);
  }
  if (const clang::TemplateArgumentList* args = function.getTemplateSpecializationArgs()) {
    llvm::raw_string_ostream out(text);
    const clang::FunctionTemplateDecl* primary = function.getPrimaryTemplate();
    PrintTemplateArguments(out, args->asArray(),
                           primary ? primary->getTemplateParameters() : nullptr, policy);
  }
  return text;
}

// The call operator of a lambda is the lambda: it has no part of its own.
bool IsLambdaCall(const clang::DeclContext* context) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(context);
  return method && method->getParent()->isLambda() &&
         method->getOverloadedOperator() == clang::OO_Call;
}

std::string ContextPart(const clang::DeclContext* context, const clang::PrintingPolicy& policy) {
  if (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(context)) {
    if (space->isInline()) return "";
    return space->isAnonymousNamespace() ? "(anonymous namespace)" : space->getNameAsString();
  }
  if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(context))
    return ClassPart(*record, policy);
  if (IsLambdaCall(context)) return "";
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(context))
    return FunctionPart(*function, policy);
  return "";
}

std::string Inside(const clang::DeclContext* outer, std::string name,
                   const clang::PrintingPolicy& policy) {
  for (; outer; outer = outer->getParent()) {
    std::string part = ContextPart(outer, policy);
    if (part.empty()) continue;
    name = name.empty() ? part : part + "::" + name;
  }
  return name;
}

// As types are described.
clang::QualType Plain(clang::QualType type) {
  return type.getCanonicalType().getUnqualifiedType();
}

}  // namespace

std::string QualifiedName(const clang::NamedDecl& decl) {
  clang::PrintingPolicy policy = NamePolicy(decl.getASTContext());
  const auto* context = llvm::dyn_cast<clang::DeclContext>(&decl);
  std::string name = context ? ContextPart(context, policy) : decl.getNameAsString();
  return Familiar(Inside(decl.getDeclContext(), std::move(name), policy));
}

std::pair<std::string, std::string> ScopeAndName(const clang::FunctionDecl& function) {
  clang::PrintingPolicy policy = NamePolicy(function.getASTContext());
  std::string name = ContextPart(&function, policy);
  std::string scope = Familiar(Inside(function.getDeclContext(), "", policy));
  // The call operator of a lambda has its scope's name.
  if (name.empty()) return {"", scope};
  return {scope, Familiar(name)};
}

std::string TypeName(clang::QualType type, const clang::ASTContext& context) {
  return Familiar(type.getAsString(NamePolicy(context)));
}

std::string Signature(const clang::FunctionDecl& function, const std::string& name) {
  const clang::ASTContext& context = function.getASTContext();
  std::string text;
  bool has_result = !llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl,
                               clang::CXXConversionDecl>(function);
  if (has_result) text = TypeName(Plain(function.getReturnType()), context) + " ";
  text += name + "(";
  const char* separator = "";
  for (const clang::ParmVarDecl* parameter : function.parameters()) {
    std::string declaration = parameter->getNameAsString();
    Plain(parameter->getType()).getAsStringInternal(declaration, NamePolicy(context));
    text += separator + Familiar(declaration);
    separator = ", ";
  }
  if (function.isVariadic()) text += std::string(separator) + "...";
  text += ")";
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if (method && method->isInstance()) text += method->getMethodQualifiers().isEmptyWhenPrinted(
      NamePolicy(context)) ? "" : " " + method->getMethodQualifiers().getAsString();
  return text;
}

}  // namespace omnitrace
