#include "plugin/structor_variants.h"

#include "clang/AST/DeclCXX.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/Cloning.h"

namespace omnitrace {
namespace {

// Whether `own` is `other` with `from` in place of `to`.
bool DiffersInVariant(llvm::StringRef own, llvm::StringRef other, llvm::StringRef from,
                      llvm::StringRef to) {
  if (own.size() != other.size()) return false;
  for (size_t at = own.find(from); at != llvm::StringRef::npos; at = own.find(from, at + 1)) {
    if (own.take_front(at) == other.take_front(at) && other.substr(at, to.size()) == to &&
        own.substr(at + from.size()) == other.substr(at + to.size()))
      return true;
  }
  return false;
}

// The call in C1 of the same class's C2, and so on; or null.
llvm::CallBase* FindVariantCall(const llvm::Function& caller, llvm::StringRef from,
                                llvm::StringRef to) {
  for (const llvm::Instruction& instruction : llvm::instructions(caller)) {
    const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    const llvm::Function* callee = call ? call->getCalledFunction() : nullptr;
    if (callee && DiffersInVariant(caller.getName(), callee->getName(), from, to))
      return const_cast<llvm::CallBase*>(call);
  }
  return nullptr;
}

// Of a destructor D1 that has virtual bases to destroy, the call of D2, when its body is at hand.
llvm::CallBase* FindBaseDestructor(const llvm::Function& ir,
                                   const clang::FunctionDecl& declaration) {
  const auto* destructor = llvm::dyn_cast<clang::CXXDestructorDecl>(&declaration);
  if (!destructor || destructor->getParent()->getNumVBases() == 0) return nullptr;
  llvm::CallBase* call = FindVariantCall(ir, "D1", "D2");
  return call && !call->getCalledFunction()->isDeclaration() ? call : nullptr;
}

}  // namespace

bool OnlyForwards(const llvm::Function& ir, const clang::FunctionDecl& declaration) {
  if (llvm::isa<clang::CXXConstructorDecl>(declaration))
    return FindVariantCall(ir, "C1", "C2") || FindVariantCall(ir, "CI1", "CI2");
  if (!llvm::isa<clang::CXXDestructorDecl>(declaration)) return false;
  if (FindVariantCall(ir, "D0", "D1") || FindVariantCall(ir, "D0", "D2")) return true;
  return FindVariantCall(ir, "D1", "D2") && !FindBaseDestructor(ir, declaration);
}

void AbsorbBaseDestructor(llvm::Function* ir, const clang::FunctionDecl& declaration) {
  llvm::CallBase* call = FindBaseDestructor(*ir, declaration);
  if (!call) return;
  llvm::InlineFunctionInfo info;
  llvm::InlineFunction(*call, info);
}

}  // namespace omnitrace
