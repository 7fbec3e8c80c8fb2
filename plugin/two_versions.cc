#include "plugin/two_versions.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "plugin/runtime_names.h"
#include "plugin/switch_test.h"

namespace omnitrace {
namespace {

bool HasArgumentInMemory(const llvm::Function& function) {
  return llvm::any_of(function.args(), [](const llvm::Argument& argument) {
    return argument.hasByValAttr() || argument.hasInAllocaAttr() || argument.hasPreallocatedAttr();
  });
}

// `musttail` only where nothing else forwards the arguments, a variadic function: with a parameter
// in memory clang 19 overwrites the return address (a struct of 24 bytes by value crashes at every
// optimisation level), and its elimination of tail recursion puts an accumulator behind the call
// (return f(n - 1) + 1) and then refuses its own code. `tail` gives the same jump where it can.
llvm::CallInst::TailCallKind ForwardKind(const llvm::Function& function) {
  if (HasArgumentInMemory(function)) return llvm::CallInst::TCK_None;
  return function.isVarArg() ? llvm::CallInst::TCK_MustTail : llvm::CallInst::TCK_Tail;
}

// A twin in the function's own COMDAT group would vanish when the linker keeps the group of a unit
// without twins. So it is internal, or has a group of its own.
void GiveLinkage(const llvm::Function& function, llvm::Function* twin) {
  twin->setComdat(nullptr);
  bool shared = function.hasLinkOnceLinkage() || function.hasWeakLinkage();
  twin->setVisibility(llvm::GlobalValue::DefaultVisibility);
  twin->setDLLStorageClass(llvm::GlobalValue::DefaultStorageClass);
  if (!shared) {
    twin->setLinkage(llvm::GlobalValue::InternalLinkage);
    return;
  }
  twin->setLinkage(llvm::GlobalValue::LinkOnceODRLinkage);
  twin->setVisibility(llvm::GlobalValue::HiddenVisibility);
  twin->setComdat(twin->getParent()->getOrInsertComdat(twin->getName()));
}

void MakeCold(llvm::Function* twin) {
  twin->removeFnAttr(llvm::Attribute::AlwaysInline);
  twin->removeFnAttr(llvm::Attribute::InlineHint);
  twin->removeFnAttr(llvm::Attribute::Hot);
  twin->addFnAttr(llvm::Attribute::NoInline);
  twin->addFnAttr(llvm::Attribute::Cold);
  if (!twin->hasFnAttribute(llvm::Attribute::OptimizeNone)) {
    twin->addFnAttr(llvm::Attribute::OptimizeForSize);
    twin->addFnAttr(llvm::Attribute::MinSize);
  }
}

void ForwardTo(llvm::Function* twin, llvm::Function* function, llvm::IRBuilder<>* builder) {
  std::vector<llvm::Value*> arguments;
  for (llvm::Argument& argument : function->args()) arguments.push_back(&argument);
  llvm::CallInst* call = builder->CreateCall(twin, arguments);
  call->setCallingConv(function->getCallingConv());
  call->setAttributes(function->getAttributes().removeFnAttributes(function->getContext()));
  call->setTailCallKind(ForwardKind(*function));
  // The inliner's estimate is to be that of the plain body: the call is free, and takes with it the
  // load, the comparison and the branch, at 5 each.
  call->addFnAttr(llvm::Attribute::get(function->getContext(), "call-inline-cost", "-15"));
  if (function->getReturnType()->isVoidTy()) {
    builder->CreateRetVoid();
  } else {
    builder->CreateRet(call);
  }
}

}  // namespace

bool CanBeSplit(const llvm::Function& function) {
  return !function.isVarArg() || !HasArgumentInMemory(function);
}

llvm::Function* SplitIntoTwoVersions(llvm::Function* function, llvm::GlobalVariable* enabled) {
  llvm::ValueToValueMapTy map;
  llvm::Function* twin = llvm::CloneFunction(function, map);
  twin->setName(function->getName() + kTwinSuffix);
  SetTwinSwitch(twin, enabled);
  GiveLinkage(*function, twin);
  MakeCold(twin);

  llvm::LLVMContext& context = function->getContext();
  llvm::BasicBlock* body = &function->getEntryBlock();
  auto* test = llvm::BasicBlock::Create(context, "omni.test", function, body);
  auto* call = llvm::BasicBlock::Create(context, "omni.on", function);
  // Allocas must stay in the entry block to be static.
  llvm::IRBuilder<> builder(test);
  for (llvm::Instruction& instruction : llvm::make_early_inc_range(*body)) {
    auto* slot = llvm::dyn_cast<llvm::AllocaInst>(&instruction);
    if (slot && llvm::isa<llvm::ConstantInt>(slot->getArraySize()))
      slot->moveBefore(*test, test->end());
  }
  if (llvm::DISubprogram* subprogram = function->getSubprogram())
    builder.SetCurrentDebugLocation(llvm::DILocation::get(context, 0, 0, subprogram));
  CreateSwitchTest(&builder, enabled, call, body);
  builder.SetInsertPoint(call);
  ForwardTo(twin, function, &builder);
  // A coroutine goes on behind its suspensions, long after the test.
  if (!function->isPresplitCoroutine()) SetOwnSwitch(function, enabled);
  return twin;
}

bool TakeSameArguments(const llvm::Function& function, const llvm::Function& twin) {
  if (function.getFunctionType() != twin.getFunctionType()) return false;
  for (unsigned i = 0; i < function.arg_size(); ++i) {
    for (auto kind : {llvm::Attribute::ByVal, llvm::Attribute::StructRet, llvm::Attribute::InReg,
                      llvm::Attribute::Nest}) {
      if (function.hasParamAttribute(i, kind) != twin.hasParamAttribute(i, kind)) return false;
    }
  }
  return true;
}

}  // namespace omnitrace
