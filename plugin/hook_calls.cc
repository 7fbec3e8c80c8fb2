#include "plugin/hook_calls.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/IR/Module.h"
#include "plugin/runtime_names.h"

namespace omnitrace {

llvm::Value* HookCalls::Enter(llvm::IRBuilder<>* builder, llvm::Value* site, llvm::Value* block) {
  return Call(builder, kEnterHook, builder->getInt64Ty(),
              {site, block, ReturnAddressSlot(builder)});
}

void HookCalls::Leave(llvm::IRBuilder<>* builder, llvm::Value* site, llvm::Value* token,
                      llvm::Value* result) {
  Call(builder, kLeaveHook, builder->getVoidTy(), {site, token, result});
}

void HookCalls::LeaveChanged(llvm::IRBuilder<>* builder, llvm::Value* site, llvm::Value* token,
                             llvm::Value* result, llvm::Value* block) {
  Call(builder, kLeaveChangedHook, builder->getVoidTy(), {site, token, result, block});
}

llvm::CallInst* HookCalls::Call(llvm::IRBuilder<>* builder, const char* name, llvm::Type* result,
                                llvm::ArrayRef<llvm::Value*> arguments) {
  llvm::SmallVector<llvm::Type*, 4> types;
  for (llvm::Value* argument : arguments) types.push_back(argument->getType());
  llvm::FunctionCallee hook = function_->getParent()->getOrInsertFunction(
      name, llvm::FunctionType::get(result, types, false));
  auto* callee = llvm::cast<llvm::Function>(hook.getCallee());
  callee->addFnAttr(llvm::Attribute::NoUnwind);
  // Through the GOT at once: the lazy binder would cost the first call a microsecond.
  callee->addFnAttr(llvm::Attribute::NonLazyBind);
  llvm::CallInst* call = builder->CreateCall(hook, arguments);
  call->setDoesNotThrow();
  MarkForHooks(call);
  return call;
}

void HookCalls::MarkForHooks(llvm::Instruction* instruction) {
  instruction->setMetadata(kForHooks, llvm::MDNode::get(instruction->getContext(), {}));
}

llvm::AllocaInst* HookCalls::Slot(uint64_t size, const char* name) {
  // In front of the entry block: it must be a static alloca.
  llvm::IRBuilder<> top(&function_->getEntryBlock(), function_->getEntryBlock().begin());
  auto* bytes = llvm::ArrayType::get(top.getInt8Ty(), size);
  llvm::AllocaInst* slot = top.CreateAlloca(bytes, nullptr, name);
  slot->setAlignment(llvm::Align(16));
  return slot;
}

llvm::Value* HookCalls::At(llvm::IRBuilder<>* builder, llvm::Value* base, uint64_t offset) {
  return offset ? builder->CreateConstInBoundsGEP1_64(builder->getInt8Ty(), base, offset) : base;
}

llvm::Value* HookCalls::Null(llvm::IRBuilder<>* builder) {
  return llvm::ConstantPointerNull::get(builder->getPtrTy());
}

llvm::DebugLoc HookCalls::NoLine() const {
  llvm::DISubprogram* subprogram = function_->getSubprogram();
  if (!subprogram) return llvm::DebugLoc();
  return llvm::DILocation::get(function_->getContext(), 0, 0, subprogram);
}

void HookCalls::NeedPersonality() {
  if (function_->hasPersonalityFn()) return;
  auto* type = llvm::FunctionType::get(llvm::Type::getInt32Ty(function_->getContext()), true);
  function_->setPersonalityFn(llvm::cast<llvm::Constant>(
      function_->getParent()->getOrInsertFunction("__gxx_personality_v0", type).getCallee()));
}

llvm::Value* HookCalls::ReturnAddressSlot(llvm::IRBuilder<>* builder) {
  llvm::Type* pointer = builder->getPtrTy();
  return builder->CreateIntrinsic(llvm::Intrinsic::addressofreturnaddress, {pointer}, {});
}

}  // namespace omnitrace
