#include "plugin/local_copies.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/Analysis/CaptureTracking.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Local.h"
#include "plugin/runtime_names.h"
#include "plugin/switch_test.h"

namespace omnitrace {
namespace {

// What a twin keeps of an argument's address. The hooks only read what it leads to, and its place
// in their block is nobody else's.
class KeptAddress : public llvm::CaptureTracker {
 public:
  explicit KeptAddress(const llvm::Argument& argument) {
    if (!argument.hasNoCaptureAttr()) llvm::PointerMayBeCaptured(&argument, this);
  }
  void tooManyUses() override { elsewhere_ = true; }
  bool captured(const llvm::Use* use) override {
    const auto* user = llvm::cast<llvm::Instruction>(use->getUser());
    if (llvm::isa<llvm::ReturnInst>(user)) {
      in_result_ = true;
    } else if (!user->hasMetadata(kForHooks)) {
      elsewhere_ = true;
    }
    return elsewhere_;
  }

  bool in_result() const { return in_result_; }
  bool elsewhere() const { return elsewhere_; }

 private:
  bool in_result_ = false;
  bool elsewhere_ = false;
};

// The optimiser's own word for it, from which it concludes the same of the plain version.
bool Annotate(llvm::Function* twin) {
  bool changed = false;
  // Its frame will keep them.
  if (twin->isPresplitCoroutine()) return false;
  for (llvm::Argument& argument : twin->args()) {
    if (!argument.getType()->isPointerTy() || argument.hasNoCaptureAttr()) continue;
    KeptAddress kept(argument);
    if (kept.elsewhere() || kept.in_result()) continue;
    argument.addAttr(llvm::Attribute::NoCapture);
    changed = true;
  }
  return changed;
}

// Where a local's address, or that of a part of it, is handed to a twin.
struct Handed {
  llvm::Use* use;
  uint64_t offset;
};

// What has more will hardly be in registers.
constexpr uint64_t kMostBytes = 64;
constexpr size_t kMostLocals = 64;
// Calls that unwind to one place. Each gets a landing pad of its own, and of 2,000 that shared one
// the optimiser took 10 s to put it together again.
constexpr unsigned kMostUnwinding = 8;

using HandedByCall = llvm::MapVector<llvm::CallBase*, llvm::SmallVector<Handed, 2>>;

class Local {
 public:
  explicit Local(llvm::AllocaInst* variable)
      : variable_(variable),
        layout_(variable->getModule()->getDataLayout()),
        size_(layout_.getTypeAllocSize(variable->getAllocatedType()).getKnownMinValue()) {}

  // Whether it would be in registers, if it weren't for twins.
  bool IsForCopies() { return size_ <= kMostBytes && LooksAtUses(variable_, 0) && !calls_.empty(); }

  void Copy() {
    llvm::IRBuilder<> top(variable_);
    copy_ = top.CreateAlloca(variable_->getAllocatedType(), nullptr, "omni.copy");
    copy_->setAlignment(variable_->getAlign());
    copy_->setMetadata(kLocalCopy, llvm::MDNode::get(copy_->getContext(), {}));
    for (auto& [call, places] : calls_) CopyAround(call, places);
  }

 private:
  bool LooksAtUses(llvm::Value* address, uint64_t offset) {
    return llvm::all_of(address->uses(), [&](llvm::Use& use) { return LooksAt(&use, offset); });
  }

  bool LooksAt(llvm::Use* use, uint64_t offset) {
    auto* user = llvm::cast<llvm::Instruction>(use->getUser());
    if (auto* load = llvm::dyn_cast<llvm::LoadInst>(user)) return load->isSimple();
    if (auto* store = llvm::dyn_cast<llvm::StoreInst>(user))
      return store->isSimple() && use->getOperandNo() == store->getPointerOperandIndex();
    if (auto* part = llvm::dyn_cast<llvm::GetElementPtrInst>(user)) {
      llvm::APInt distance(64, offset);
      return part->accumulateConstantOffset(layout_, distance) &&
             LooksAtUses(part, distance.getZExtValue());
    }
    if (user->isLifetimeStartOrEnd() || user->isDroppable()) return true;
    if (auto* bytes = llvm::dyn_cast<llvm::MemIntrinsic>(user))
      return !bytes->isVolatile() && llvm::isa<llvm::ConstantInt>(bytes->getLength());
    auto* call = llvm::dyn_cast<llvm::CallBase>(user);
    return call && IsHandedToTwin(*call, *use) && (calls_[call].push_back({use, offset}), true);
  }

  static bool IsHandedToTwin(const llvm::CallBase& call, const llvm::Use& use) {
    const llvm::Function* twin = call.getCalledFunction();
    bool body = twin && !twin->isDeclaration() && TwinSwitch(*twin) && call.isArgOperand(&use);
    if (!body || call.getFunctionType() != twin->getFunctionType()) return false;
    if (twin->isPresplitCoroutine()) return false;
    auto* invoke = llvm::dyn_cast<llvm::InvokeInst>(&call);
    if (invoke && invoke->getUnwindDest()->hasNPredecessorsOrMore(kMostUnwinding + 1)) return false;
    if (!invoke && !llvm::isa<llvm::CallInst>(call)) return false;
    unsigned number = call.getArgOperandNo(&use);
    if (number >= twin->arg_size()) return false;
    KeptAddress kept(*twin->getArg(number));
    return !kept.elsewhere() && (!kept.in_result() || call.use_empty());
  }

  void CopyAround(llvm::CallBase* call, llvm::ArrayRef<Handed> places) {
    llvm::IRBuilder<> before(call);
    before.CreateLifetimeStart(copy_, before.getInt64(size_));
    before.CreateMemCpy(copy_, copy_->getAlign(), variable_, copy_->getAlign(), size_);
    for (const Handed& place : places)
      place.use->set(before.CreateConstInBoundsGEP1_64(before.getInt8Ty(), copy_, place.offset));
    auto* invoke = llvm::dyn_cast<llvm::InvokeInst>(call);
    if (!invoke) return BringBack(call->getNextNode(), call);
    llvm::BasicBlock* block = invoke->getParent();
    llvm::BasicBlock* normal = llvm::SplitEdge(block, invoke->getNormalDest());
    BringBack(&*normal->getFirstInsertionPt(), call);
    llvm::SmallVector<llvm::BasicBlock*, 2> pads;
    llvm::SplitLandingPadPredecessors(invoke->getUnwindDest(), {block}, ".omni", ".rest", pads);
    BringBack(&*pads[0]->getFirstInsertionPt(), call);
  }

  void BringBack(llvm::Instruction* before, llvm::CallBase* call) {
    llvm::IRBuilder<> builder(before);
    builder.SetCurrentDebugLocation(call->getDebugLoc());
    builder.CreateMemCpy(variable_, copy_->getAlign(), copy_, copy_->getAlign(), size_);
    builder.CreateLifetimeEnd(copy_, builder.getInt64(size_));
  }

  llvm::AllocaInst* variable_;
  llvm::AllocaInst* copy_ = nullptr;
  const llvm::DataLayout& layout_;
  uint64_t size_;
  HandedByCall calls_;
};

bool CallsTwin(const llvm::Function& function) {
  return llvm::any_of(llvm::instructions(function), [](const llvm::Instruction& instruction) {
    const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    const llvm::Function* callee = call ? call->getCalledFunction() : nullptr;
    return callee && TwinSwitch(*callee);
  });
}

// Inlining leaves a choice between the two versions' results also where nobody wants any.
void RemoveUnused(llvm::Function* function) {
  llvm::SmallVector<llvm::WeakTrackingVH, 8> unused;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    if (llvm::isInstructionTriviallyDead(&instruction)) unused.push_back(&instruction);
  }
  llvm::RecursivelyDeleteTriviallyDeadInstructionsPermissive(unused);
}

// Not a variable-length array, although its length may be known by now.
bool IsLocal(const llvm::AllocaInst& variable) {
  return variable.isStaticAlloca() && !variable.isArrayAllocation() &&
         !variable.hasMetadata(kLocalCopy);
}

// Frames that are left and entered by other ways than calls and returns are not looked into.
bool CopyLocals(llvm::Function* function) {
  if (function->isPresplitCoroutine() || function->callsFunctionThatReturnsTwice()) return false;
  if (!CallsTwin(*function)) return false;
  RemoveUnused(function);
  std::vector<Local> locals;
  for (llvm::Instruction& instruction : function->getEntryBlock()) {
    auto* variable = llvm::dyn_cast<llvm::AllocaInst>(&instruction);
    if (!variable || !IsLocal(*variable) || locals.size() == kMostLocals) continue;
    Local local(variable);
    if (local.IsForCopies()) locals.push_back(std::move(local));
  }
  for (Local& local : locals) local.Copy();
  return true;
}

}  // namespace

llvm::PreservedAnalyses LocalCopiesPass::run(llvm::Function& function,
                                             llvm::FunctionAnalysisManager&) {
  bool changed = TwinSwitch(function) ? Annotate(&function) : CopyLocals(&function);
  return changed ? llvm::PreservedAnalyses::none() : llvm::PreservedAnalyses::all();
}

}  // namespace omnitrace
