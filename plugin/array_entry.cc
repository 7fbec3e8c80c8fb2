#include "plugin/array_entry.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/Metadata.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

namespace omnitrace {

void ExemptFromSanitizers(llvm::GlobalVariable* variable) {
  llvm::GlobalValue::SanitizerMetadata exempt;
  exempt.NoAddress = true;
  exempt.NoHWAddress = true;
  variable->setSanitizerMetadata(exempt);
}

llvm::GlobalVariable* NewGlobal(llvm::Module* module, llvm::Type* type, const std::string& name,
                                bool local) {
  auto linkage = local ? llvm::GlobalValue::InternalLinkage : llvm::GlobalValue::LinkOnceODRLinkage;
  auto* variable = new llvm::GlobalVariable(*module, type, false, linkage,
                                            llvm::Constant::getNullValue(type), name);
  if (!local) {
    variable->setVisibility(llvm::GlobalValue::HiddenVisibility);
    variable->setComdat(module->getOrInsertComdat(name));
  }
  ExemptFromSanitizers(variable);
  return variable;
}

// In the same COMDAT group, or by SHF_LINK_ORDER. Not both: link-time optimisation that drops a
// second copy of that would leave the entry linked to nothing, and refuse the module.
void AddToArray(llvm::GlobalVariable* entry, const char* section, llvm::GlobalVariable* about) {
  entry->setSection(section);
  entry->setAlignment(llvm::Align(8));
  if (about->getComdat()) {
    entry->setComdat(about->getComdat());
  } else {
    auto* linked = llvm::ValueAsMetadata::get(about);
    entry->setMetadata(llvm::LLVMContext::MD_associated,
                       llvm::MDNode::get(entry->getContext(), linked));
  }
  llvm::appendToCompilerUsed(*entry->getParent(), {entry});
}

}  // namespace omnitrace
