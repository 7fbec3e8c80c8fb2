// The test that the plain version of a function starts with, as the optimiser has it: of the
// function itself, or of one that was inlined.
#ifndef OMNITRACE_PLUGIN_SWITCH_TEST_H_
#define OMNITRACE_PLUGIN_SWITCH_TEST_H_

#include <optional>

#include "llvm/IR/BasicBlock.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

namespace omnitrace {

struct SwitchTest {
  llvm::GlobalVariable* enabled;
  llvm::LoadInst* load;
  llvm::BranchInst* branch;
  bool on_first;  // the branch's first successor is the way to the twin

  unsigned on_index() const { return on_first ? 0 : 1; }
  llvm::BasicBlock* on() const { return branch->getSuccessor(on_index()); }
  llvm::BasicBlock* off() const { return branch->getSuccessor(1 - on_index()); }
  llvm::BasicBlock* block() const { return branch->getParent(); }
};

// The test that ends a block, if one does.
std::optional<SwitchTest> FindSwitchTest(const llvm::BasicBlock& block);

// Ends a block.
void CreateSwitchTest(llvm::IRBuilder<>* builder, llvm::GlobalVariable* enabled,
                      llvm::BasicBlock* on, llvm::BasicBlock* off);

// As if the switch were off. Blocks may become unreachable.
void RemoveTest(const SwitchTest& test);

// Says, or tells, which switch is a function's own. Copies that the optimiser makes of the function
// keep it; null for those of which there is one version.
void SetOwnSwitch(llvm::Function* function, llvm::GlobalVariable* enabled);
llvm::GlobalVariable* OwnSwitch(const llvm::Function& function);

// The same of its twin.
void SetTwinSwitch(llvm::Function* twin, llvm::GlobalVariable* enabled);
llvm::GlobalVariable* TwinSwitch(const llvm::Function& twin);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_SWITCH_TEST_H_
