#include "plugin/switch_test.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Transforms/Utils/Local.h"
#include "plugin/runtime_names.h"

namespace omnitrace {
namespace {

void SetSwitch(llvm::Function* function, const char* kind, llvm::GlobalVariable* enabled) {
  function->setMetadata(
      kind, llvm::MDNode::get(function->getContext(), llvm::ValueAsMetadata::get(enabled)));
}

llvm::GlobalVariable* GetSwitch(const llvm::Function& function, const char* kind) {
  llvm::MDNode* node = function.getMetadata(kind);
  return node ? llvm::mdconst::dyn_extract_or_null<llvm::GlobalVariable>(node->getOperand(0))
              : nullptr;
}

}  // namespace

std::optional<SwitchTest> FindSwitchTest(const llvm::BasicBlock& block) {
  const auto* branch = llvm::dyn_cast_or_null<llvm::BranchInst>(block.getTerminator());
  if (!branch || !branch->isConditional()) return std::nullopt;
  const auto* compare = llvm::dyn_cast<llvm::ICmpInst>(branch->getCondition());
  if (!compare || !compare->isEquality()) return std::nullopt;
  const auto* zero = llvm::dyn_cast<llvm::ConstantInt>(compare->getOperand(1));
  if (!zero || !zero->isZero()) return std::nullopt;
  auto* load = llvm::dyn_cast<llvm::LoadInst>(compare->getOperand(0));
  if (!load || !load->isVolatile()) return std::nullopt;
  auto* enabled = llvm::dyn_cast<llvm::GlobalVariable>(load->getPointerOperand());
  if (!enabled || enabled->getSection() != kSwitchSection) return std::nullopt;
  bool on_first = compare->getPredicate() == llvm::CmpInst::ICMP_NE;
  return SwitchTest{enabled, load, const_cast<llvm::BranchInst*>(branch), on_first};
}

// The load is volatile, so that a loop around an inlined copy notices the switch; not atomic, which
// costs an instruction more; marked nosanitize, because the tools write it while the program runs.
void CreateSwitchTest(llvm::IRBuilder<>* builder, llvm::GlobalVariable* enabled,
                      llvm::BasicBlock* on, llvm::BasicBlock* off) {
  llvm::LLVMContext& context = builder->getContext();
  llvm::LoadInst* load = builder->CreateLoad(builder->getInt8Ty(), enabled, /*isVolatile=*/true);
  load->setMetadata(llvm::LLVMContext::MD_nosanitize, llvm::MDNode::get(context, {}));
  llvm::MDNode* unlikely = llvm::MDBuilder(context).createBranchWeights(1, 1 << 20);
  builder->CreateCondBr(builder->CreateIsNotNull(load), on, off, unlikely);
}

void RemoveTest(const SwitchTest& test) {
  llvm::LoadInst* load = test.load;
  llvm::BranchInst* branch = test.branch;
  branch->setCondition(llvm::ConstantInt::getBool(branch->getContext(), !test.on_first));
  llvm::ConstantFoldTerminator(branch->getParent());
  // Nobody else deletes a volatile load.
  llvm::SmallVector<llvm::Instruction*, 2> compares;
  for (llvm::User* user : load->users()) compares.push_back(llvm::cast<llvm::Instruction>(user));
  for (llvm::Instruction* compare : compares)
    llvm::RecursivelyDeleteTriviallyDeadInstructions(compare);
  if (load->use_empty()) load->eraseFromParent();
}

void SetOwnSwitch(llvm::Function* function, llvm::GlobalVariable* enabled) {
  SetSwitch(function, kOwnSwitch, enabled);
}

llvm::GlobalVariable* OwnSwitch(const llvm::Function& function) {
  return GetSwitch(function, kOwnSwitch);
}

void SetTwinSwitch(llvm::Function* twin, llvm::GlobalVariable* enabled) {
  SetSwitch(twin, kTwinSwitch, enabled);
}

llvm::GlobalVariable* TwinSwitch(const llvm::Function& twin) {
  return GetSwitch(twin, kTwinSwitch);
}

}  // namespace omnitrace
