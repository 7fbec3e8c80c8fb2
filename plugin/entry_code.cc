#include "plugin/entry_code.h"

#include "clang/Frontend/CompilerInstance.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"
#include "plugin/switch_test.h"
#include "plugin/two_versions.h"

namespace omnitrace {
namespace {

// Of what has to be the very first instruction, or is patched into its place.
bool HasOtherEntryCode(const llvm::Function& function) {
  constexpr const char* kAttributes[] = {"fentry-call",
                                         "function-instrument",
                                         "patchable-function",
                                         "patchable-function-entry",
                                         "patchable-function-prefix",
                                         "split-stack",
                                         "xray-instruction-threshold"};
  return function.hasPrologueData() || function.hasOptNone() ||
         llvm::any_of(kAttributes, [&](const char* name) { return function.hasFnAttribute(name); });
}

bool HasEffects(const llvm::BasicBlock& block, const llvm::Instruction* except) {
  return llvm::any_of(block, [&](const llvm::Instruction& instruction) {
    return &instruction != except && !instruction.isTerminator() &&
           !instruction.isLifetimeStartOrEnd() && instruction.mayHaveSideEffects();
  });
}

// Whether nothing happens between a call and the function's return of its result. Several returns
// may have become one.
bool OnlyReturns(const llvm::CallInst& call) {
  const llvm::Instruction* next = call.getNextNonDebugInstruction();
  const auto* branch = llvm::dyn_cast<llvm::BranchInst>(next);
  if (branch && branch->isUnconditional()) next = branch->getSuccessor(0)->getFirstNonPHIOrDbg();
  const auto* leave = llvm::dyn_cast<llvm::ReturnInst>(next);
  if (!leave) return llvm::isa<llvm::UnreachableInst>(next);
  const llvm::Value* value = leave->getReturnValue();
  if (const auto* phi = llvm::dyn_cast_or_null<llvm::PHINode>(value);
      phi && phi->getParent() == leave->getParent() && branch)
    value = phi->getIncomingValueForBlock(call.getParent());
  return !value || value == &call;
}

// The twin, when the block calls it with the function's own arguments and returns what it returns.
llvm::Function* FindTwin(const llvm::BasicBlock& block) {
  if (!block.getSinglePredecessor()) return nullptr;
  const llvm::Function& function = *block.getParent();
  const auto* call = llvm::dyn_cast<llvm::CallInst>(block.getFirstNonPHIOrDbg());
  llvm::Function* twin = call ? call->getCalledFunction() : nullptr;
  if (!twin || twin->isDeclaration() || !TakeSameArguments(function, *twin)) return nullptr;
  for (const llvm::Argument& argument : function.args()) {
    if (call->getArgOperand(argument.getArgNo()) != &argument) return nullptr;
  }
  return OnlyReturns(*call) ? twin : nullptr;
}

// A local function's convention is the optimiser's choice, and the twin's may be another one than
// the function's. False when it is not only called.
bool ShareConvention(const llvm::Function& function, llvm::Function* twin) {
  auto is_call = [&](llvm::User* user) {
    auto* call = llvm::dyn_cast<llvm::CallBase>(user);
    return call && call->getCalledFunction() == twin;
  };
  if (function.getCallingConv() == twin->getCallingConv()) return true;
  if (!llvm::all_of(twin->users(), is_call)) return false;
  twin->setCallingConv(function.getCallingConv());
  for (llvm::User* user : twin->users())
    llvm::cast<llvm::CallBase>(user)->setCallingConv(function.getCallingConv());
  return true;
}

// cmpb $0, enabled(%rip); jne twin. Both distances count from the end of their instruction, which
// in the first one is behind the 0. Written as bytes, because inline assembly would come after the
// function's own prologue.
llvm::Constant* Code(llvm::Function* function, llvm::GlobalVariable* enabled,
                     llvm::Function* twin) {
  llvm::LLVMContext& context = function->getContext();
  auto* i8 = llvm::Type::getInt8Ty(context);
  auto* i32 = llvm::Type::getInt32Ty(context);
  auto* i64 = llvm::Type::getInt64Ty(context);
  auto distance = [&](llvm::Constant* target, uint64_t end) {
    llvm::Constant* origin = llvm::ConstantExpr::getAdd(
        llvm::ConstantExpr::getPtrToInt(function, i64), llvm::ConstantInt::get(i64, end));
    return llvm::ConstantExpr::getTrunc(
        llvm::ConstantExpr::getSub(llvm::ConstantExpr::getPtrToInt(target, i64), origin), i32);
  };
  auto byte = [&](uint8_t value) { return llvm::ConstantInt::get(i8, value); };
  return llvm::ConstantStruct::getAnon({byte(0x80), byte(0x3d), distance(enabled, 7), byte(0),
                                        byte(0x0f), byte(0x85), distance(twin, 13)},
                                       /*Packed=*/true);
}

bool PutInFront(llvm::Function* function) {
  llvm::GlobalVariable* own = OwnSwitch(*function);
  if (!own || function->isDeclaration() || HasOtherEntryCode(*function)) return false;
  llvm::BasicBlock* entry = &function->getEntryBlock();
  std::optional<SwitchTest> test = FindSwitchTest(*entry);
  if (!test || test->enabled != own || HasEffects(*entry, test->load)) return false;
  llvm::Function* twin = FindTwin(*test->on());
  if (!twin || !ShareConvention(*function, twin)) return false;
  RemoveTest(*test);
  llvm::removeUnreachableBlocks(*function);
  for (llvm::BasicBlock& block : llvm::make_early_inc_range(*function))
    llvm::MergeBlockIntoPredecessor(&block);
  function->setPrologueData(Code(function, own, twin));
  return true;
}

}  // namespace

llvm::PreservedAnalyses EntryCodePass::run(llvm::Module& module, llvm::ModuleAnalysisManager&) {
  bool changed = false;
  for (llvm::Function& function : module) changed |= PutInFront(&function);
  return changed ? llvm::PreservedAnalyses::none() : llvm::PreservedAnalyses::all();
}

bool EntryCodePass::IsFor(const clang::CompilerInstance& compiler) {
  const clang::CodeGenOptions& code = compiler.getCodeGenOpts();
  auto action = compiler.getFrontendOpts().ProgramAction;
  bool is_last = action == clang::frontend::EmitObj || action == clang::frontend::EmitAssembly;
  // Control-flow enforcement wants endbr64 first. Merged functions would keep the switch of one.
  // Of other code models the distances are too long.
  bool is_small = code.CodeModel == "default" || code.CodeModel == "small";
  return is_last && is_small && !code.FatLTO && !code.CFProtectionBranch && !code.MergeFunctions &&
         !code.SpeculativeLoadHardening;
}

}  // namespace omnitrace
