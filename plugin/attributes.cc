#include "plugin/attributes.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Sema/ParsedAttr.h"
#include "clang/Sema/Sema.h"

namespace omnitrace {
namespace {

// Kept in the AST as annotations, Clang's own carrier for attributes of tools: they are inherited
// by instantiations and written to precompiled headers.
constexpr llvm::StringLiteral kTrace("omnitrace::trace");
constexpr llvm::StringLiteral kSkip("omnitrace::skip");

class OmnitraceAttribute : public clang::ParsedAttrInfo {
 public:
  explicit OmnitraceAttribute(llvm::StringLiteral name) : name_(name) {
    static constexpr Spelling kTraceSpellings[] = {
        {clang::ParsedAttr::AS_CXX11, "omnitrace::trace"},
        {clang::ParsedAttr::AS_C23, "omnitrace::trace"}};
    static constexpr Spelling kSkipSpellings[] = {
        {clang::ParsedAttr::AS_CXX11, "omnitrace::skip"},
        {clang::ParsedAttr::AS_C23, "omnitrace::skip"}};
    Spellings = name == kTrace ? llvm::ArrayRef<Spelling>(kTraceSpellings)
                               : llvm::ArrayRef<Spelling>(kSkipSpellings);
  }

  bool diagAppertainsToDecl(clang::Sema& sema, const clang::ParsedAttr& attribute,
                            const clang::Decl* decl) const override {
    if (llvm::isa<clang::FunctionDecl, clang::TagDecl, clang::NamespaceDecl>(decl)) return true;
    sema.Diag(attribute.getLoc(), clang::diag::warn_attribute_wrong_decl_type_str)
        << attribute << attribute.isRegularKeywordAttribute()
        << "functions, classes and namespaces";
    return false;
  }

  AttrHandling handleDeclAttribute(clang::Sema& sema, clang::Decl* decl,
                                   const clang::ParsedAttr& attribute) const override {
    decl->addAttr(clang::AnnotateAttr::Create(sema.Context, name_, nullptr, 0,
                                              attribute.getRange()));
    return AttributeApplied;
  }

 private:
  llvm::StringLiteral name_;
};

struct TraceSpelling : OmnitraceAttribute {
  TraceSpelling() : OmnitraceAttribute(kTrace) {}
};
struct SkipSpelling : OmnitraceAttribute {
  SkipSpelling() : OmnitraceAttribute(kSkip) {}
};

const clang::ParsedAttrInfoRegistry::Add<TraceSpelling> kRegisterTrace("omnitrace-trace", "");
const clang::ParsedAttrInfoRegistry::Add<SkipSpelling> kRegisterSkip("omnitrace-skip", "");

TraceAttribute OnDecl(const clang::Decl& decl) {
  for (const auto* annotation : decl.specific_attrs<clang::AnnotateAttr>()) {
    if (annotation->getAnnotation() == kTrace) return TraceAttribute::kTrace;
    if (annotation->getAnnotation() == kSkip) return TraceAttribute::kSkip;
  }
  return TraceAttribute::kNone;
}

// An attribute stands on any declaration of a function or a namespace, or on the template that a
// class or function was made from.
TraceAttribute OnAnyDeclaration(const clang::Decl& decl) {
  for (const clang::Decl* one : decl.redecls()) {
    if (TraceAttribute found = OnDecl(*one); found != TraceAttribute::kNone) return found;
  }
  const clang::Decl* pattern = nullptr;
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&decl))
    pattern = function->getTemplateInstantiationPattern();
  if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(&decl))
    pattern = record->getTemplateInstantiationPattern();
  return pattern && pattern != &decl ? OnDecl(*pattern) : TraceAttribute::kNone;
}

}  // namespace

TraceAttribute FindTraceAttribute(const clang::FunctionDecl& function) {
  const clang::Decl* decl = &function;
  while (decl && !llvm::isa<clang::TranslationUnitDecl>(decl)) {
    if (TraceAttribute found = OnAnyDeclaration(*decl); found != TraceAttribute::kNone)
      return found;
    const clang::DeclContext* outer = decl->getDeclContext();
    decl = outer ? clang::Decl::castFromDeclContext(outer) : nullptr;
  }
  return TraceAttribute::kNone;
}

}  // namespace omnitrace
