#include "plugin/lowering.h"

#include "clang/AST/ASTContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Transforms/Utils/EscapeEnumerator.h"
#include "plugin/description_emitter.h"
#include "plugin/marked_functions.h"
#include "plugin/runtime_names.h"
#include "plugin/site_describer.h"
#include "plugin/two_versions.h"

namespace omnitrace {
namespace {

// Puts the hooks into one body.
class Hooker {
 public:
  Hooker(llvm::Function* function, const SiteDescription& description, llvm::GlobalVariable* site)
      : function_(function), description_(description), site_(site),
        layout_(function->getParent()->getDataLayout()) {}

  void Hook() {
    llvm::Instruction* first = &*function_->getEntryBlock().getFirstNonPHIOrDbgOrAlloca();
    llvm::IRBuilder<> builder(first);
    builder.SetCurrentDebugLocation(NoLine());
    llvm::Value* block = StoreArguments(&builder);
    if (description_.result) result_slot_ = MakeResultSlot(&builder);
    token_ = CallHook(&builder, kEnterHook, builder.getInt64Ty(), {site_, block});
    // Cleanups that are no catch need any personality; one of another language would keep the
    // inliner away.
    if (!function_->hasPersonalityFn()) function_->setPersonalityFn(Personality());
    llvm::EscapeEnumerator exits(*function_, "omni.unwind", !function_->doesNotThrow());
    while (llvm::IRBuilder<>* exit = exits.Next()) HookExit(exit);
  }

 private:
  // Line 0 is the compiler's own: debuggers step over it and put no breakpoint on it.
  llvm::DebugLoc NoLine() const {
    llvm::DISubprogram* subprogram = function_->getSubprogram();
    if (!subprogram) return llvm::DebugLoc();
    return llvm::DILocation::get(function_->getContext(), 0, 0, subprogram);
  }

  llvm::Constant* Personality() const {
    auto* type = llvm::FunctionType::get(llvm::Type::getInt32Ty(function_->getContext()), true);
    return llvm::cast<llvm::Constant>(
        function_->getParent()->getOrInsertFunction("__gxx_personality_v0", type).getCallee());
  }

  llvm::CallInst* CallHook(llvm::IRBuilder<>* builder, const char* name, llvm::Type* result,
                           llvm::ArrayRef<llvm::Value*> arguments) {
    llvm::SmallVector<llvm::Type*, 3> types;
    for (llvm::Value* argument : arguments) types.push_back(argument->getType());
    llvm::FunctionCallee hook = function_->getParent()->getOrInsertFunction(
        name, llvm::FunctionType::get(result, types, false));
    auto* callee = llvm::cast<llvm::Function>(hook.getCallee());
    callee->addFnAttr(llvm::Attribute::NoUnwind);
    // Through the GOT at once: the lazy binder would cost the first call a microsecond.
    callee->addFnAttr(llvm::Attribute::NonLazyBind);
    llvm::CallInst* call = builder->CreateCall(hook, arguments);
    call->setDoesNotThrow();
    return call;
  }

  llvm::AllocaInst* Slot(llvm::IRBuilder<>* builder, uint64_t size, const char* name) {
    auto* bytes = llvm::ArrayType::get(builder->getInt8Ty(), size);
    // In front of the block: it must be a static alloca.
    llvm::IRBuilder<> top(&function_->getEntryBlock(), function_->getEntryBlock().begin());
    llvm::AllocaInst* slot = top.CreateAlloca(bytes, nullptr, name);
    slot->setAlignment(llvm::Align(16));
    return slot;
  }

  llvm::Value* At(llvm::IRBuilder<>* builder, llvm::Value* base, uint64_t offset) {
    return offset ? builder->CreateConstInBoundsGEP1_64(builder->getInt8Ty(), base, offset) : base;
  }

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
      builder->CreateAlignedStore(MemoryForm(builder, value, *parameter.type),
                                  At(builder, block, offset), llvm::Align(1));
    }
  }

  llvm::Value* StoreArguments(llvm::IRBuilder<>* builder) {
    if (description_.parameters.empty())
      return llvm::ConstantPointerNull::get(builder->getPtrTy());
    llvm::Value* block = Slot(builder, description_.block_size, "omni.arguments");
    for (const ParameterDescription& parameter : description_.parameters) {
      if (parameter.passing.kind == Passing::Kind::kDirect) {
        StoreDirect(builder, parameter, block);
      } else if (parameter.passing.kind == Passing::Kind::kIndirect) {
        builder->CreateStore(function_->getArg(parameter.passing.first_argument),
                             At(builder, block, parameter.slot));
      }
    }
    return block;
  }

  bool ReturnsReference() const { return description_.result->kind == TypeKind::kReference; }

  llvm::Value* MakeResultSlot(llvm::IRBuilder<>* builder) {
    const Passing& passing = description_.result_passing;
    if (passing.kind != Passing::Kind::kDirect || ReturnsReference()) return nullptr;
    uint64_t bytes = passing.offset + layout_.getTypeAllocSize(passing.coerced).getFixedValue();
    return Slot(builder, std::max<uint64_t>(bytes, description_.result->size), "omni.result");
  }

  // The address of the result, for a return of `value` (null when it is in memory).
  llvm::Value* ResultAddress(llvm::IRBuilder<>* builder, llvm::Value* value) {
    const Passing& passing = description_.result_passing;
    if (description_.result && passing.kind == Passing::Kind::kIndirect)
      return function_->getArg(passing.first_argument);
    if (!description_.result || !value) return llvm::ConstantPointerNull::get(builder->getPtrTy());
    if (ReturnsReference()) return value;
    builder->CreateAlignedStore(MemoryForm(builder, value, *description_.result),
                                At(builder, result_slot_, passing.offset), llvm::Align(1));
    return result_slot_;
  }

  void HookExit(llvm::IRBuilder<>* builder) {
    llvm::BasicBlock* block = builder->GetInsertBlock();
    llvm::DebugLoc place = builder->getCurrentDebugLocation();
    if (!place) builder->SetCurrentDebugLocation(NoLine());
    llvm::Type* nothing = builder->getVoidTy();
    if (auto* resume = llvm::dyn_cast<llvm::ResumeInst>(block->getTerminator())) {
      llvm::Value* exception = builder->CreateExtractValue(resume->getValue(), 0);
      CallHook(builder, kUnwindHook, nothing, {site_, token_, exception});
      return;
    }
    auto* leave = llvm::dyn_cast<llvm::ReturnInst>(block->getTerminator());
    llvm::Value* value = leave ? leave->getReturnValue() : nullptr;
    // In front of a musttail call the result does not exist yet: the callee will make it.
    if (&*builder->GetInsertPoint() != leave) value = nullptr;
    CallHook(builder, kLeaveHook, nothing, {site_, token_, ResultAddress(builder, value)});
  }

  llvm::Function* function_;
  const SiteDescription& description_;
  llvm::GlobalVariable* site_;
  const llvm::DataLayout& layout_;
  llvm::Value* token_ = nullptr;
  llvm::Value* result_slot_ = nullptr;
};

// The hooks' way through one module.
class Lowering {
 public:
  Lowering(clang::CompilerInstance* compiler, const Options& options, llvm::Module* module)
      : options_(options), module_(module), types_(compiler->getASTContext()), sites_(&types_),
        arguments_(*compiler, module->getContext()), emitter_(module) {}

  void Lower(const MarkedFunction& marked) {
    FunctionPassing passing = arguments_.Compute(*marked.declaration, *marked.ir);
    SiteDescription description =
        sites_.Describe(*marked.declaration, passing, module_->getDataLayout());
    llvm::Function* body = marked.ir;
    llvm::GlobalVariable* enabled = nullptr;
    if (options_.standby) {
      enabled = emitter_.EmitSwitch(*marked.ir);
      body = SplitIntoTwoVersions(marked.ir, enabled);
    }
    Hooker(body, description, emitter_.EmitSite(description, *marked.ir, enabled)).Hook();
  }

  void Finish() { emitter_.EmitLoader(options_.standby); }

 private:
  const Options& options_;
  llvm::Module* module_;
  TypeDescriber types_;
  SiteDescriber sites_;
  ArgumentLayout arguments_;
  DescriptionEmitter emitter_;
};

}  // namespace

llvm::PreservedAnalyses LoweringPass::run(llvm::Module& module, llvm::ModuleAnalysisManager&) {
  std::vector<MarkedFunction> marked = TakeMarkedFunctions(&module, *marker_);
  if (marked.empty()) return llvm::PreservedAnalyses::all();
  Lowering lowering(compiler_, *options_, &module);
  for (const MarkedFunction& function : marked) lowering.Lower(function);
  lowering.Finish();
  return llvm::PreservedAnalyses::none();
}

}  // namespace omnitrace
