#include "plugin/twin_calls.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "plugin/switch_test.h"
#include "plugin/two_versions.h"

namespace omnitrace {
namespace {

using TwinsByFunction = llvm::DenseMap<const llvm::Function*, llvm::Function*>;

// A group may have other members, which are linked in together (the two entries of a constructor).
bool CanGo(const llvm::Function& function) {
  const llvm::Comdat* group = function.getComdat();
  return !function.isDeclarationForLinker() && function.isDiscardableIfUnused() &&
         !function.isInterposable() && (!group || group->getUsers().size() == 1);
}

bool CanReplace(const llvm::Function& function, const llvm::Function& twin) {
  return TakeSameArguments(function, twin) && function.getCallingConv() == twin.getCallingConv();
}

TwinsByFunction FindCandidates(llvm::Module* module) {
  llvm::DenseMap<llvm::GlobalVariable*, llvm::Function*> twins;
  for (llvm::Function& function : *module) {
    llvm::GlobalVariable* enabled = TwinSwitch(function);
    if (enabled && !function.isDeclaration()) twins[enabled] = &function;
  }
  TwinsByFunction candidates;
  for (llvm::Function& function : *module) {
    llvm::GlobalVariable* own = OwnSwitch(function);
    llvm::Function* twin = own ? twins.lookup(own) : nullptr;
    if (twin && CanGo(function) && CanReplace(function, *twin)) candidates[&function] = twin;
  }
  return candidates;
}

// As it is declared: another type, behind a cast, is undefined where it is called, but may stand
// where it never is.
bool IsCallOf(const llvm::Function& function, const llvm::CallBase& call) {
  return call.getCalledOperand() == &function &&
         call.getFunctionType() == function.getFunctionType() &&
         call.getCallingConv() == function.getCallingConv() &&
         !llvm::is_contained(call.args(), &function);
}

// Whether only twins, and candidates, use it: by calls.
bool IsForTwins(const llvm::Function& function, const TwinsByFunction& candidates) {
  return llvm::all_of(function.users(), [&](const llvm::User* user) {
    const auto* call = llvm::dyn_cast<llvm::CallBase>(user);
    if (!call || !IsCallOf(function, *call)) return false;
    const llvm::Function* caller = call->getFunction();
    return TwinSwitch(*caller) || candidates.count(caller);
  });
}

void CallTwin(llvm::Function* function, llvm::Function* twin) {
  for (llvm::User* user : llvm::make_early_inc_range(function->users())) {
    auto* call = llvm::cast<llvm::CallBase>(user);
    if (TwinSwitch(*call->getFunction())) call->setCalledFunction(twin);
  }
}

}  // namespace

llvm::PreservedAnalyses TwinCallsPass::run(llvm::Module& module, llvm::ModuleAnalysisManager&) {
  TwinsByFunction candidates = FindCandidates(&module);
  unsigned before;
  do {
    before = candidates.size();
    for (const llvm::Function& function : module) {
      if (!IsForTwins(function, candidates)) candidates.erase(&function);
    }
  } while (candidates.size() < before);
  for (llvm::Function& function : module) {
    if (llvm::Function* twin = candidates.lookup(&function)) CallTwin(&function, twin);
  }
  return candidates.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace omnitrace
