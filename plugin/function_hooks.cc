#include "plugin/function_hooks.h"

#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/EscapeEnumerator.h"
#include "plugin/hook_calls.h"
#include "plugin/runtime_names.h"

namespace omnitrace {
namespace {

class Hooker {
 public:
  Hooker(llvm::Function* function, const SiteDescription& description, llvm::GlobalVariable* site,
         llvm::ArrayRef<llvm::GlobalVariable*> activations)
      : function_(function), hooks_(function), description_(description), site_(site),
        activations_(activations), layout_(function->getParent()->getDataLayout()) {}

  void Hook() {
    llvm::Instruction* first = &*function_->getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
    llvm::IRBuilder<> builder(first);
    builder.SetCurrentDebugLocation(hooks_.NoLine());
    block_ = StoreArguments(&builder);
    if (description_.result) result_slot_ = MakeResultSlot();
    token_ = hooks_.Enter(&builder, site_, block_);
    hooks_.NeedPersonality();
    llvm::EscapeEnumerator exits(*function_, "omni.unwind", !function_->doesNotThrow());
    while (llvm::IRBuilder<>* exit = exits.Next()) HookExit(exit);
  }

 private:
  // A bool is one bit in a register and a byte in memory; a _BitInt likewise.
  llvm::Value* MemoryForm(llvm::IRBuilder<>* builder, llvm::Value* value,
                          const TypeDescription& type) {
    auto* integer = llvm::dyn_cast<llvm::IntegerType>(value->getType());
    if (!integer || type.size == 0 || type.size > 16) return value;
    unsigned bits = type.size * 8;
    bool whole = integer->getBitWidth() % 8 == 0;
    return whole || integer->getBitWidth() >= bits
               ? value
               : builder->CreateZExt(value, builder->getIntNTy(bits));
  }

  // The hooks load eight bytes. What was stored in fewer, a processor doesn't forward: the load would
  // wait until all stores before it are done, which took 4 ns of a call with two ints.
  llvm::Value* Widened(llvm::IRBuilder<>* builder, llvm::Value* value) {
    if (value->getType()->isFloatTy()) value = builder->CreateBitCast(value, builder->getInt32Ty());
    auto* integer = llvm::dyn_cast<llvm::IntegerType>(value->getType());
    bool narrow = integer && integer->getBitWidth() < 64;
    return narrow ? builder->CreateZExt(value, builder->getInt64Ty()) : value;
  }

  void StoreDirect(llvm::IRBuilder<>* builder, const ParameterDescription& parameter,
                   llvm::Value* block) {
    const Passing& passing = parameter.passing;
    uint64_t base = parameter.slot + passing.offset;
    auto* parts = llvm::dyn_cast<llvm::StructType>(passing.coerced);
    bool flattened = parts && passing.arguments == parts->getNumElements() &&
                     function_->getArg(passing.first_argument)->getType() != parts;
    for (unsigned i = 0; i < passing.arguments; ++i) {
      llvm::Value* value = function_->getArg(passing.first_argument + i);
      uint64_t offset = base;
      if (flattened) offset += layout_.getStructLayout(parts)->getElementOffset(i);
      value = MemoryForm(builder, value, *parameter.type);
      if (offset == parameter.slot && passing.arguments == 1) value = Widened(builder, value);
      hooks_.MarkForHooks(
          builder->CreateAlignedStore(value, hooks_.At(builder, block, offset), llvm::Align(1)));
    }
  }

  llvm::Value* StoreArguments(llvm::IRBuilder<>* builder) {
    if (description_.parameters.empty()) return hooks_.Null(builder);
    llvm::Value* block = hooks_.Slot(description_.block_size, "omni.arguments");
    for (const ParameterDescription& parameter : description_.parameters) {
      if (parameter.passing.kind == Passing::Kind::kDirect) {
        StoreDirect(builder, parameter, block);
      } else if (parameter.passing.kind == Passing::Kind::kIndirect) {
        hooks_.MarkForHooks(
            builder->CreateStore(function_->getArg(parameter.passing.first_argument),
                                 hooks_.At(builder, block, parameter.slot)));
      }
    }
    return block;
  }

  bool ReturnsReference() const { return description_.result->kind == TypeKind::kReference; }

  llvm::Value* MakeResultSlot() {
    const Passing& passing = description_.result_passing;
    if (passing.kind == Passing::Kind::kAbsent) return hooks_.Slot(8, "omni.empty");
    if (passing.kind != Passing::Kind::kDirect || ReturnsReference()) return nullptr;
    uint64_t bytes = passing.offset + layout_.getTypeAllocSize(passing.coerced).getFixedValue();
    return hooks_.Slot(std::max<uint64_t>({8, bytes, description_.result->size}), "omni.result");
  }

  // The address of the result, for a return of `value` (null when it is in memory).
  llvm::Value* ResultAddress(llvm::IRBuilder<>* builder, llvm::Value* value) {
    const Passing& passing = description_.result_passing;
    if (description_.result && passing.kind == Passing::Kind::kIndirect)
      return function_->getArg(passing.first_argument);
    if (description_.result && passing.kind == Passing::Kind::kAbsent) return result_slot_;
    if (!description_.result || !value) return hooks_.Null(builder);
    if (ReturnsReference()) return value;
    value = MemoryForm(builder, value, *description_.result);
    if (passing.offset == 0) value = Widened(builder, value);
    builder->CreateAlignedStore(value, hooks_.At(builder, result_slot_, passing.offset),
                                llvm::Align(1));
    return result_slot_;
  }

  void HookExit(llvm::IRBuilder<>* builder) {
    llvm::BasicBlock* block = builder->GetInsertBlock();
    llvm::DebugLoc place = builder->getCurrentDebugLocation();
    if (!place) builder->SetCurrentDebugLocation(hooks_.NoLine());
    if (auto* resume = llvm::dyn_cast<llvm::ResumeInst>(block->getTerminator())) {
      llvm::Value* exception = builder->CreateExtractValue(resume->getValue(), 0);
      return HookUnwinding(builder, exception);
    }
    auto* leave = llvm::dyn_cast<llvm::ReturnInst>(block->getTerminator());
    llvm::Value* value = leave ? leave->getReturnValue() : nullptr;
    // In front of a musttail call the result does not exist yet: the callee will make it.
    if (&*builder->GetInsertPoint() != leave) value = nullptr;
    llvm::Value* result = ResultAddress(builder, value);
    if (!description_.has_mutable_parameters()) return hooks_.Leave(builder, site_, token_, result);
    hooks_.LeaveChanged(builder, site_, token_, result, block_);
  }

  // In a coroutine the token is not known here: this may be a resumption, on another thread.
  void HookUnwinding(llvm::IRBuilder<>* builder, llvm::Value* exception) {
    llvm::Type* nothing = builder->getVoidTy();
    if (activations_.empty()) {
      llvm::Value* block = description_.has_mutable_parameters() ? block_ : hooks_.Null(builder);
      hooks_.Call(builder, kUnwindHook, nothing, {site_, token_, exception, block});
    } else {
      hooks_.Call(builder, kUnwindActivationHook, nothing,
                  {site_, activations_[0], activations_[1], exception});
    }
  }

  llvm::Function* function_;
  HookCalls hooks_;
  const SiteDescription& description_;
  llvm::GlobalVariable* site_;
  llvm::ArrayRef<llvm::GlobalVariable*> activations_;
  const llvm::DataLayout& layout_;
  llvm::Value* block_ = nullptr;
  llvm::Value* token_ = nullptr;
  llvm::Value* result_slot_ = nullptr;
};

}  // namespace

void HookFunction(llvm::Function* function, const SiteDescription& description,
                  llvm::GlobalVariable* site,
                  llvm::ArrayRef<llvm::GlobalVariable*> activations) {
  Hooker(function, description, site, activations).Hook();
}

}  // namespace omnitrace
