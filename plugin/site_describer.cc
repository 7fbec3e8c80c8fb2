#include "plugin/site_describer.h"

#include <tuple>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/Support/MathExtras.h"
#include "plugin/function_name.h"

namespace omnitrace {
namespace {

uint32_t Flags(const clang::FunctionDecl& function) {
  uint32_t flags = 0;
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if (llvm::isa<clang::CXXConstructorDecl>(function)) flags |= kFunctionConstructor;
  if (llvm::isa<clang::CXXDestructorDecl>(function)) flags |= kFunctionDestructor;
  if (function.isImplicit() || function.isDefaulted()) flags |= kFunctionGenerated;
  if (method && method->getParent()->isLambda()) flags |= kFunctionLambda;
  if (method && method->isImplicitObjectMemberFunction()) flags |= kFunctionMethod;
  if (method && method->isConst()) flags |= kFunctionConst;
  if (!function.isExternallyVisible()) flags |= kFunctionInternal;
  return flags;
}

// At most one statement without a call of anything but another one-liner's kind: setters, getters,
// operators and forwards, which --fold-trivial hides.
bool IsTrivial(const clang::FunctionDecl& function, uint32_t lines) {
  const auto* body = llvm::dyn_cast_or_null<clang::CompoundStmt>(function.getBody());
  return body && body->size() <= 1 && lines <= 3;
}

void Place(const clang::FunctionDecl& function, SiteDescription* site) {
  const clang::SourceManager& sources = function.getASTContext().getSourceManager();
  clang::PresumedLoc first = sources.getPresumedLoc(sources.getExpansionLoc(function.getLocation()));
  if (first.isInvalid()) return;
  site->file = first.getFilename();
  site->line = first.getLine();
  clang::PresumedLoc last = sources.getPresumedLoc(sources.getExpansionLoc(function.getEndLoc()));
  bool same_file = last.isValid() && site->file == last.getFilename();
  site->last_line = same_file ? last.getLine() : site->line;
}

// What a call may change, and can be shown: the referent of a non-const reference or pointer.
bool IsMutable(clang::QualType type, const TypeDescription& description) {
  clang::QualType target = type->getPointeeType();
  if (target.isNull() || target.isConstQualified() || target->isFunctionType()) return false;
  const TypeDescription* element = description.element;
  return element != nullptr && element->kind != TypeKind::kOpaque &&
         element->kind != TypeKind::kVoid;
}

ParameterDescription This(const clang::CXXMethodDecl& method, const Passing& passing,
                          TypeDescriber* types) {
  ParameterDescription parameter;
  parameter.name = "this";
  parameter.type = types->Describe(method.getThisType());
  parameter.flags = kParameterThis;
  // After a destructor there is nothing to show.
  bool ends = llvm::isa<clang::CXXDestructorDecl>(method);
  if (!ends && IsMutable(method.getThisType(), *parameter.type)) parameter.flags |= kParameterMutable;
  // Before a constructor's body and after a destructor's there is no object.
  if (llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(method))
    parameter.flags |= kParameterUntrusted;
  parameter.passing = passing;
  return parameter;
}

}  // namespace

void SiteDescriber::AddParameter(ParameterDescription parameter, const llvm::DataLayout& layout,
                                 SiteDescription* site) {
  uint32_t size = 8;
  if (parameter.passing.kind == Passing::Kind::kIndirect) {
    parameter.flags |= kParameterIndirect;
  } else if (parameter.passing.kind == Passing::Kind::kDirect) {
    uint64_t bytes = parameter.passing.offset +
                     layout.getTypeAllocSize(parameter.passing.coerced).getFixedValue();
    size = static_cast<uint32_t>(std::max<uint64_t>(bytes, parameter.type->size));
  }
  parameter.slot = static_cast<uint32_t>(llvm::alignTo(site->block_size, 16));
  if (size <= 8) parameter.slot = site->block_size;
  site->block_size = parameter.slot + static_cast<uint32_t>(llvm::alignTo(size, 8));
  site->parameters.push_back(std::move(parameter));
}

SiteDescription SiteDescriber::Describe(const clang::FunctionDecl& function,
                                        const FunctionPassing& passing,
                                        const llvm::DataLayout& layout) {
  SiteDescription site;
  std::tie(site.scope, site.name) = ScopeAndName(function);
  std::string between = site.scope.empty() ? "" : "::";
  site.signature = Signature(function, site.scope + between + site.name);
  Place(function, &site);
  site.flags = Flags(function);
  if (IsTrivial(function, site.last_line - site.line + 1)) site.flags |= kFunctionTrivial;
  if (passing.has_this)
    AddParameter(This(*llvm::cast<clang::CXXMethodDecl>(&function), passing.this_pointer, types_),
                 layout, &site);
  for (size_t i = 0; i < passing.parameters.size() && i < function.getNumParams(); ++i) {
    ParameterDescription parameter;
    parameter.name = function.getParamDecl(i)->getNameAsString();
    clang::QualType type = function.getParamDecl(i)->getType();
    parameter.type = types_->Describe(type);
    if (IsMutable(type, *parameter.type)) parameter.flags |= kParameterMutable;
    parameter.passing = passing.parameters[i];
    AddParameter(std::move(parameter), layout, &site);
  }
  site.result_passing = passing.result;
  clang::QualType result = function.getReturnType();
  const clang::CXXRecordDecl* record = result->getAsCXXRecordDecl();
  bool is_empty = record && record->isEmpty();  // returned in no place at all
  bool has_place = passing.result.kind != Passing::Kind::kAbsent && !result->isVoidType();
  if (has_place || is_empty) site.result = types_->Describe(result);
  return site;
}

}  // namespace omnitrace
