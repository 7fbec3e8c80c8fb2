#include "plugin/dynamic_classes.h"

#include <memory>

#include "clang/AST/Mangle.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/IR/Instructions.h"

namespace omnitrace {
namespace {

bool IsInStd(const clang::CXXRecordDecl& record) {
  for (const clang::DeclContext* outer = &record; outer; outer = outer->getParent()) {
    if (outer->isStdNamespace()) return true;
  }
  return false;
}

bool IsUsersClass(const clang::CXXRecordDecl& record) {
  return !record.isInvalidDecl() && !record.isDependentType() && !IsInStd(record);
}

bool IsStdException(const clang::CXXRecordDecl* record) {
  return record->isInStdNamespace() && record->getIdentifier() && record->getName() == "exception";
}

bool DerivesFromStdException(const clang::CXXRecordDecl& record) {
  return !record.forallBases(
      [](const clang::CXXRecordDecl* base) { return !IsStdException(base); });
}

class Finder {
 public:
  Finder(clang::ASTContext* context, const llvm::Module& module)
      : names_(llvm::cast<clang::ItaniumMangleContext>(context->createMangleContext())),
        module_(module) {}

  void Look(const clang::CXXRecordDecl& record, clang::QualType type) {
    // An object of a class without bases is what the code says it is.
    bool has_table = record.isDynamicClass() && record.getNumBases() > 0;
    llvm::GlobalVariable* table =
        has_table ? Find([&](auto& out) { names_->mangleCXXVTable(&record, out); }) : nullptr;
    if (table) found_.push_back({table, &record});
    llvm::GlobalVariable* info = Find([&](auto& out) { names_->mangleCXXRTTI(type, out); });
    if (info && (IsThrownOrCaught(*info) || DerivesFromStdException(record)))
      found_.push_back({info, &record});
  }

  std::vector<DynamicClassMark> Take() { return std::move(found_); }

 private:
  template <class Mangle>
  llvm::GlobalVariable* Find(Mangle mangle) const {
    llvm::SmallString<128> name;
    llvm::raw_svector_ostream out(name);
    mangle(out);
    // The code generator numbers lambdas of its own accord; such a name may be another class's
    // here.
    if (llvm::is_contained(name, '$')) return nullptr;
    llvm::GlobalVariable* variable = module_.getGlobalVariable(name, true);
    return variable && !variable->isDeclarationForLinker() ? variable : nullptr;
  }

  // Other type information and virtual tables refer to it as well, but those are no instructions.
  static bool IsThrownOrCaught(const llvm::GlobalVariable& info) {
    return llvm::any_of(info.users(),
                        [](const llvm::User* user) { return llvm::isa<llvm::Instruction>(user); });
  }

  std::unique_ptr<clang::ItaniumMangleContext> names_;
  const llvm::Module& module_;
  std::vector<DynamicClassMark> found_;
};

}  // namespace

std::vector<DynamicClassMark> FindDynamicClasses(clang::ASTContext* context,
                                                 const llvm::Module& module) {
  Finder finder(context, module);
  // By index: looking at a class may complete the list.
  const auto& types = context->getTypes();
  for (size_t i = 0; i < types.size(); ++i) {
    const auto* type = llvm::dyn_cast<clang::RecordType>(types[i]);
    const auto* record = type ? llvm::dyn_cast<clang::CXXRecordDecl>(type->getDecl()) : nullptr;
    const clang::CXXRecordDecl* definition = record ? record->getDefinition() : nullptr;
    if (definition && IsUsersClass(*definition)) finder.Look(*definition, clang::QualType(type, 0));
  }
  return finder.Take();
}

}  // namespace omnitrace
