#include "plugin/adapters.h"

#include <set>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Mangle.h"
#include "clang/Sema/Sema.h"
#include "plugin/declarations.h"

namespace omnitrace {
namespace {

// What <omnitrace/adapt.h> declares; null in a unit that doesn't include it.
struct AdaptTemplates {
  explicit AdaptTemplates(const clang::ASTContext& context) {
    const auto* outer = FindDeclaration<clang::NamespaceDecl>(*context.getTranslationUnitDecl(),
                                                              "omnitrace", context);
    const auto* inner =
        outer ? FindDeclaration<clang::NamespaceDecl>(*outer, "internal", context) : nullptr;
    if (!inner) return;
    adapt = FindDeclaration<clang::ClassTemplateDecl>(*outer, "adapt", context);
    show = FindDeclaration<clang::FunctionTemplateDecl>(*inner, "ShowAdapted", context);
  }
  bool found() const { return adapt && show; }

  clang::ClassTemplateDecl* adapt = nullptr;
  clang::FunctionTemplateDecl* show = nullptr;
};

class AdapterMaker {
 public:
  AdapterMaker(clang::Sema* sema, const AdaptTemplates& templates)
      : sema_(*sema), templates_(templates) {}

  void MakeAll() {
    std::vector<clang::QualType> classes;
    for (const auto* special : templates_.adapt->specializations())
      classes.push_back(special->getTemplateArgs()[0].getAsType());
    llvm::SmallVector<clang::ClassTemplatePartialSpecializationDecl*, 4> partials;
    templates_.adapt->getPartialSpecializations(partials);
    for (const auto* partial : partials) AddClassesOf(*partial, &classes);
    for (clang::QualType adapted : classes) Make(adapted);
    sema_.PerformPendingInstantiations();
  }

 private:
  // Of adapt<Ring<T>>: all Ring<...> of the unit.
  void AddClassesOf(const clang::ClassTemplatePartialSpecializationDecl& partial,
                    std::vector<clang::QualType>* classes) {
    const auto* pattern =
        partial.getTemplateArgs()[0].getAsType()->getAs<clang::TemplateSpecializationType>();
    auto* of = pattern ? llvm::dyn_cast_or_null<clang::ClassTemplateDecl>(
                             pattern->getTemplateName().getAsTemplateDecl())
                       : nullptr;
    if (!of) return;
    for (const auto* special : of->specializations())
      classes->push_back(sema_.Context.getRecordType(special));
  }

  void Make(clang::QualType adapted) {
    adapted = adapted.getCanonicalType();
    const clang::CXXRecordDecl* record = adapted->getAsCXXRecordDecl();
    if (!record || !record->isCompleteDefinition() || record->isInvalidDecl()) return;
    if (!made_.insert(record->getCanonicalDecl()).second || !IsAdapted(adapted)) return;
    clang::SourceLocation place = templates_.show->getLocation();
    auto* arguments =
        clang::TemplateArgumentList::CreateCopy(sema_.Context, clang::TemplateArgument(adapted));
    clang::FunctionDecl* show =
        sema_.InstantiateFunctionDeclaration(templates_.show, arguments, place);
    if (!show) return;
    show->addAttr(clang::UsedAttr::CreateImplicit(sema_.Context));
    sema_.InstantiateFunctionDefinition(place, show, true, true, true);
  }

  // There is a specialisation that fits the class.
  bool IsAdapted(clang::QualType adapted) {
    clang::SourceLocation place = templates_.adapt->getLocation();
    clang::TemplateArgumentListInfo arguments(place, place);
    arguments.addArgument(sema_.getTrivialTemplateArgumentLoc(clang::TemplateArgument(adapted),
                                                              clang::QualType(), place));
    clang::QualType type =
        sema_.CheckTemplateIdType(clang::TemplateName(templates_.adapt), place, arguments);
    return !type.isNull() && sema_.isCompleteType(place, type);
  }

  clang::Sema& sema_;
  const AdaptTemplates& templates_;
  std::set<const clang::CXXRecordDecl*> made_;
};

}  // namespace

void InstantiateAdapters(clang::Sema* sema) {
  AdaptTemplates templates(sema->Context);
  if (templates.found()) AdapterMaker(sema, templates).MakeAll();
}

std::optional<Adapter> FindAdapter(const clang::CXXRecordDecl& record,
                                   const clang::ASTContext& context) {
  AdaptTemplates templates(context);
  if (!templates.found()) return std::nullopt;
  clang::TemplateArgument arguments[] = {
      clang::TemplateArgument(context.getRecordType(&record).getCanonicalType())};
  void* place = nullptr;
  const clang::FunctionDecl* show = templates.show->findSpecialization(arguments, place);
  const clang::CXXRecordDecl* adapt = templates.adapt->findSpecialization(arguments, place);
  if (!show || !show->isDefined() || !adapt || !adapt->getDefinition()) return std::nullopt;
  const auto* view =
      FindDeclaration<clang::CXXMethodDecl>(*adapt->getDefinition(), "view", context);
  if (!view || view->getReturnType()->isUndeducedType()) return std::nullopt;
  clang::ASTNameGenerator names(const_cast<clang::ASTContext&>(context));
  return Adapter{names.getName(show), view->getReturnType()};
}

}  // namespace omnitrace
