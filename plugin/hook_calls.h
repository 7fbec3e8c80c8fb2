// Calls of the runtime's hooks, in one function.
#ifndef OMNITRACE_PLUGIN_HOOK_CALLS_H_
#define OMNITRACE_PLUGIN_HOOK_CALLS_H_

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

namespace omnitrace {

class HookCalls {
 public:
  explicit HookCalls(llvm::Function* function) : function_(function) {}

  // The token. `block` has the arguments, or is null.
  llvm::Value* Enter(llvm::IRBuilder<>* builder, llvm::Value* site, llvm::Value* block);
  void Leave(llvm::IRBuilder<>* builder, llvm::Value* site, llvm::Value* token, llvm::Value* result);
  // Where `block` has mutable arguments.
  void LeaveChanged(llvm::IRBuilder<>* builder, llvm::Value* site, llvm::Value* token,
                    llvm::Value* result, llvm::Value* block);
  llvm::CallInst* Call(llvm::IRBuilder<>* builder, const char* hook, llvm::Type* result,
                       llvm::ArrayRef<llvm::Value*> arguments);

  // Says that it tells hooks what they read and don't keep.
  static void MarkForHooks(llvm::Instruction* instruction);

  // Memory of the function, for the whole of a call.
  llvm::AllocaInst* Slot(uint64_t size, const char* name);
  llvm::Value* At(llvm::IRBuilder<>* builder, llvm::Value* base, uint64_t offset);
  llvm::Value* Null(llvm::IRBuilder<>* builder);
  // Line 0 is the compiler's own: debuggers step over it and put no breakpoint on it.
  llvm::DebugLoc NoLine() const;
  // Cleanups that are no catch need any personality; one of another language would keep the
  // inliner away.
  void NeedPersonality();

 private:
  llvm::Value* ReturnAddressSlot(llvm::IRBuilder<>* builder);

  llvm::Function* function_;
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_HOOK_CALLS_H_
