#include "plugin/marked_functions.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/Constants.h"
#include "plugin/structor_variants.h"

namespace omnitrace {
namespace {

constexpr char kAnnotations[] = "llvm.global.annotations";

llvm::StringRef AnnotationText(const llvm::ConstantStruct& row) {
  auto* variable = llvm::dyn_cast<llvm::GlobalVariable>(row.getOperand(1)->stripPointerCasts());
  if (!variable || !variable->hasInitializer()) return "";
  auto* bytes = llvm::dyn_cast<llvm::ConstantDataArray>(variable->getInitializer());
  return bytes && bytes->isCString() ? bytes->getAsCString() : "";
}

}  // namespace

MarkedFunctions TakeMarkedFunctions(llvm::Module* module, const FunctionMarker& marker) {
  MarkedFunctions found;
  llvm::GlobalVariable* annotations = module->getNamedGlobal(kAnnotations);
  auto* rows = annotations && annotations->hasInitializer()
                   ? llvm::dyn_cast<llvm::ConstantArray>(annotations->getInitializer())
                   : nullptr;
  if (!rows) return found;
  std::vector<llvm::Constant*> others;
  llvm::SmallPtrSet<llvm::Function*, 16> seen;
  for (llvm::Use& use : rows->operands()) {
    auto* row = llvm::cast<llvm::ConstantStruct>(use.get());
    FunctionMarker::Marked marked = marker.Find(AnnotationText(*row));
    if (!marked.function) {
      others.push_back(row);
      continue;
    }
    auto* ir = llvm::dyn_cast<llvm::Function>(row->getOperand(0)->stripPointerCasts());
    if (!ir || ir->isDeclaration() || !seen.insert(ir).second) continue;
    if (!marked.traced) {
      found.others[marked.function->getCanonicalDecl()] = ir->getName().str();
    } else if (!OnlyForwards(*ir, *marked.function)) {
      found.traced.push_back({ir, marked.function});
    }
  }
  if (others.size() == rows->getNumOperands()) return found;
  annotations->eraseFromParent();
  if (!others.empty()) {
    auto* type = llvm::ArrayType::get(others[0]->getType(), others.size());
    auto* rest = new llvm::GlobalVariable(*module, type, false, llvm::GlobalValue::AppendingLinkage,
                                          llvm::ConstantArray::get(type, others), kAnnotations);
    rest->setSection("llvm.metadata");
  }
  return found;
}

}  // namespace omnitrace
