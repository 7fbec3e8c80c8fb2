#include "plugin/coroutine_hooks.h"

#include <string>
#include <vector>

#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "plugin/function_hooks.h"
#include "plugin/hook_calls.h"

namespace omnitrace {
namespace {

bool IsAwaitSuspend(llvm::Intrinsic::ID id) {
  return id == llvm::Intrinsic::coro_await_suspend_void ||
         id == llvm::Intrinsic::coro_await_suspend_bool ||
         id == llvm::Intrinsic::coro_await_suspend_handle;
}

class CoroutineHooker {
 public:
  CoroutineHooker(llvm::Function* function, const CoroutineSites& sites)
      : function_(function), hooks_(function), sites_(sites) {}

  // After the call's own entry and return have their hooks.
  void Hook() {
    if (!Collect()) return;
    // In the frame: they are read before a suspension and behind a resumption, never when the
    // frame may be gone or another thread's.
    token_ = hooks_.Slot(sizeof(uint64_t), "omni.token");
    site_ = hooks_.Slot(sizeof(void*), "omni.site");
    frame_argument_ = hooks_.Slot(sizeof(void*), "omni.frame");
    llvm::IRBuilder<> builder(begin_->getNextNode());
    builder.SetCurrentDebugLocation(hooks_.NoLine());
    builder.CreateStore(builder.getInt64(0), token_);
    builder.CreateStore(sites_.resumed, site_);
    for (llvm::CallBase* suspend : suspends_) HookResumptions(suspend);
    for (llvm::CallBase* await : awaits_) HookNoSuspension(await);
    for (llvm::Instruction* end : ends_) EndActivation(end);
  }

 private:
  bool Collect() {
    for (llvm::Instruction& instruction : llvm::instructions(function_)) {
      auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
      if (!call) continue;
      llvm::Intrinsic::ID id = call->getIntrinsicID();
      if (id == llvm::Intrinsic::coro_begin) begin_ = call;
      if (id == llvm::Intrinsic::coro_suspend) suspends_.push_back(call);
      // The coroutine may be resumed elsewhere, or gone, once await_suspend has begun.
      bool ends = id == llvm::Intrinsic::coro_save || id == llvm::Intrinsic::coro_free;
      if (ends) ends_.push_back(call);
      if (IsAwaitSuspend(id)) awaits_.push_back(call);
    }
    return begin_ != nullptr;
  }

  void EndActivation(llvm::Instruction* before) {
    llvm::IRBuilder<> builder(before);
    builder.SetCurrentDebugLocation(hooks_.NoLine());
    llvm::Value* token = builder.CreateLoad(builder.getInt64Ty(), token_);
    llvm::Value* site = builder.CreateLoad(builder.getPtrTy(), site_);
    hooks_.Leave(&builder, site, token, hooks_.Null(&builder));
  }

  void BeginActivation(llvm::IRBuilder<>* builder, llvm::GlobalVariable* site) {
    builder->SetCurrentDebugLocation(hooks_.NoLine());
    builder->CreateStore(begin_, frame_argument_);
    builder->CreateStore(hooks_.Enter(builder, site, frame_argument_), token_);
    builder->CreateStore(site, site_);
  }

  // Behind a suspension: 0 resumes, 1 destroys, anything else returns to who resumed.
  void HookResumptions(llvm::CallBase* suspend) {
    for (llvm::User* user : suspend->users()) {
      auto* choice = llvm::dyn_cast<llvm::SwitchInst>(user);
      if (!choice) continue;
      for (auto way : choice->cases()) {
        llvm::BasicBlock* block = llvm::SplitEdge(choice->getParent(), way.getCaseSuccessor());
        llvm::IRBuilder<> builder(&*block->getFirstInsertionPt());
        BeginActivation(&builder, way.getCaseValue()->isZero() ? sites_.resumed : sites_.destroyed);
      }
    }
  }

  // await_suspend returned false or threw: the activation goes on. Not in the first one, which is
  // the call itself and never ended.
  void HookNoSuspension(llvm::CallBase* await) {
    if (auto* invoke = llvm::dyn_cast<llvm::InvokeInst>(await)) {
      llvm::SmallVector<llvm::BasicBlock*, 2> pads;
      llvm::SplitLandingPadPredecessors(invoke->getUnwindDest(), {invoke->getParent()}, ".omni",
                                        ".rest", pads);
      GoOn(&*pads[0]->getFirstInsertionPt());
    }
    if (await->getIntrinsicID() != llvm::Intrinsic::coro_await_suspend_bool) return;
    for (llvm::User* user : await->users()) {
      auto* branch = llvm::dyn_cast<llvm::BranchInst>(user);
      if (!branch || !branch->isConditional()) continue;
      llvm::BasicBlock* block = llvm::SplitEdge(branch->getParent(), branch->getSuccessor(1));
      GoOn(&*block->getFirstInsertionPt());
    }
  }

  void GoOn(llvm::Instruction* before) {
    llvm::IRBuilder<> builder(before);
    builder.SetCurrentDebugLocation(hooks_.NoLine());
    llvm::Value* token = builder.CreateLoad(builder.getInt64Ty(), token_);
    llvm::Value* was_on = builder.CreateIsNotNull(token);
    llvm::IRBuilder<> on(llvm::SplitBlockAndInsertIfThen(was_on, before, /*Unreachable=*/false));
    BeginActivation(&on, sites_.resumed);
  }

  llvm::Function* function_;
  HookCalls hooks_;
  const CoroutineSites& sites_;
  llvm::CallBase* begin_ = nullptr;
  std::vector<llvm::CallBase*> suspends_, awaits_;
  std::vector<llvm::Instruction*> ends_;
  llvm::Value *token_ = nullptr, *site_ = nullptr, *frame_argument_ = nullptr;
};

}  // namespace

SiteDescription DescribeActivation(const SiteDescription& site, const char* what,
                                   const TypeDescription* frame) {
  SiteDescription activation;
  activation.scope = site.scope;
  activation.name = site.name + "::" + what;
  activation.signature = site.signature + " " + what;
  activation.file = site.file;
  activation.line = site.line;
  activation.last_line = site.last_line;
  ParameterDescription parameter;
  parameter.name = "frame";
  parameter.type = frame;
  activation.parameters.push_back(std::move(parameter));
  activation.block_size = sizeof(void*);
  return activation;
}

void HookCoroutine(llvm::Function* function, const SiteDescription& description,
                   const CoroutineSites& sites) {
  HookFunction(function, description, sites.called, {sites.resumed, sites.destroyed});
  CoroutineHooker(function, sites).Hook();
}

}  // namespace omnitrace
