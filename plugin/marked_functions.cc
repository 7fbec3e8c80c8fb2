#include "plugin/marked_functions.h"

#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

namespace omnitrace {
namespace {

constexpr char kAnnotations[] = "llvm.global.annotations";

llvm::StringRef AnnotationText(const llvm::ConstantStruct& row) {
  auto* variable = llvm::dyn_cast<llvm::GlobalVariable>(row.getOperand(1)->stripPointerCasts());
  if (!variable || !variable->hasInitializer()) return "";
  auto* bytes = llvm::dyn_cast<llvm::ConstantDataArray>(variable->getInitializer());
  return bytes && bytes->isCString() ? bytes->getAsCString() : "";
}

// Whether `caller` calls a function whose name differs in one character, `from` in place of `to`
// after one of the letters of a structor: the complete constructor C1 of the base constructor C2.
bool CallsVariant(const llvm::Function& caller, llvm::StringRef from, llvm::StringRef to) {
  for (const llvm::Instruction& instruction : llvm::instructions(caller)) {
    const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    const llvm::Function* callee = call ? call->getCalledFunction() : nullptr;
    if (!callee) continue;
    llvm::StringRef own = caller.getName(), other = callee->getName();
    if (own.size() != other.size()) continue;
    for (size_t at = own.find(from); at != llvm::StringRef::npos; at = own.find(from, at + 1)) {
      if (own.take_front(at) == other.take_front(at) && other.substr(at, to.size()) == to &&
          own.substr(at + from.size()) == other.substr(at + to.size()))
        return true;
    }
  }
  return false;
}

// C1 forwards to C2, D1 to D2, D0 to D1 or D2. A full C1 (virtual bases) never calls its C2.
bool OnlyForwards(const llvm::Function& ir, const clang::FunctionDecl& declaration) {
  if (llvm::isa<clang::CXXConstructorDecl>(declaration))
    return CallsVariant(ir, "C1", "C2") || CallsVariant(ir, "CI1", "CI2");
  if (llvm::isa<clang::CXXDestructorDecl>(declaration))
    return CallsVariant(ir, "D1", "D2") || CallsVariant(ir, "D0", "D1") ||
           CallsVariant(ir, "D0", "D2");
  return false;
}

}  // namespace

std::vector<MarkedFunction> TakeMarkedFunctions(llvm::Module* module,
                                                const FunctionMarker& marker) {
  std::vector<MarkedFunction> found;
  llvm::GlobalVariable* annotations = module->getNamedGlobal(kAnnotations);
  auto* rows = annotations && annotations->hasInitializer()
                   ? llvm::dyn_cast<llvm::ConstantArray>(annotations->getInitializer())
                   : nullptr;
  if (!rows) return found;
  std::vector<llvm::Constant*> others;
  llvm::SmallPtrSet<llvm::Function*, 16> seen;
  for (llvm::Use& use : rows->operands()) {
    auto* row = llvm::cast<llvm::ConstantStruct>(use.get());
    const clang::FunctionDecl* declaration = marker.Find(AnnotationText(*row));
    if (!declaration) {
      others.push_back(row);
      continue;
    }
    auto* ir = llvm::dyn_cast<llvm::Function>(row->getOperand(0)->stripPointerCasts());
    if (ir && !ir->isDeclaration() && seen.insert(ir).second && !OnlyForwards(*ir, *declaration))
      found.push_back({ir, declaration});
  }
  if (others.size() == rows->getNumOperands()) return found;
  annotations->eraseFromParent();
  if (!others.empty()) {
    auto* type = llvm::ArrayType::get(others[0]->getType(), others.size());
    auto* rest = new llvm::GlobalVariable(*module, type, false,
                                          llvm::GlobalValue::AppendingLinkage,
                                          llvm::ConstantArray::get(type, others), kAnnotations);
    rest->setSection("llvm.metadata");
  }
  return found;
}

}  // namespace omnitrace
