#include "plugin/loop_tests.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IntrinsicInst.h"

namespace omnitrace {
namespace {

// The blocks that are left without the tests.
llvm::SmallPtrSet<llvm::BasicBlock*, 16> PlainBlocks(const llvm::Loop& loop) {
  llvm::SmallPtrSet<llvm::BasicBlock*, 16> found = {loop.getHeader()};
  llvm::SmallVector<llvm::BasicBlock*> open = {loop.getHeader()};
  while (!open.empty()) {
    llvm::BasicBlock* block = open.pop_back_val();
    std::optional<SwitchTest> test = FindSwitchTest(*block);
    for (llvm::BasicBlock* next : llvm::successors(block)) {
      bool gone = test && next == test->on();
      if (!gone && loop.contains(next) && found.insert(next).second) open.push_back(next);
    }
  }
  return found;
}

// The tests as if they were gone, for as long as this lives: with the twins' calls, which may do
// anything, no loop over pointers is known to end.
class Untested {
 public:
  explicit Untested(const LoopTests& tests) : tests_(tests) {
    for (const SwitchTest& test : tests_) {
      test.load->setVolatile(false);
      ons_.push_back(test.on());
      for (llvm::PHINode& phi : test.off()->phis())
        phi.addIncoming(phi.getIncomingValueForBlock(test.block()), test.block());
      test.branch->setSuccessor(test.on_index(), test.off());
    }
  }
  ~Untested() {
    for (size_t i = 0; i < tests_.size(); ++i) {
      const SwitchTest& test = tests_[i];
      test.load->setVolatile(true);
      for (llvm::PHINode& phi : test.off()->phis()) phi.removeIncomingValue(test.block());
      test.branch->setSuccessor(test.on_index(), ons_[i]);
    }
  }
  Untested(const Untested&) = delete;
  Untested& operator=(const Untested&) = delete;

 private:
  const LoopTests& tests_;
  std::vector<llvm::BasicBlock*> ons_;
};

// On every way around there is an exit that is taken after a number of times.
bool IsCounted(llvm::BasicBlock* header, llvm::TargetLibraryInfo* library) {
  llvm::Function& function = *header->getParent();
  llvm::DominatorTree dominators(function);
  llvm::LoopInfo info(dominators);
  llvm::AssumptionCache assumptions(function);
  llvm::ScalarEvolution evolution(function, *library, assumptions, dominators, info);
  llvm::Loop* loop = info.getLoopFor(header);
  if (!loop || loop->getHeader() != header || !loop->getLoopLatch()) return false;
  llvm::SmallVector<llvm::BasicBlock*> exits;
  loop->getExitingBlocks(exits);
  return llvm::any_of(exits, [&](llvm::BasicBlock* block) {
    return dominators.dominates(block, loop->getLoopLatch()) &&
           !llvm::isa<llvm::SCEVCouldNotCompute>(evolution.getExitCount(loop, block));
  });
}

}  // namespace

LoopTests FindTests(const llvm::Loop& loop) {
  LoopTests tests;
  for (llvm::BasicBlock* block : loop.blocks()) {
    if (std::optional<SwitchTest> test = FindSwitchTest(*block)) tests.push_back(*test);
  }
  return tests;
}

bool CallsNothing(const llvm::Loop& loop) {
  auto calls = [](const llvm::Instruction& instruction) {
    return llvm::isa<llvm::CallBase>(instruction) && !llvm::isa<llvm::IntrinsicInst>(instruction);
  };
  return llvm::none_of(PlainBlocks(loop),
                       [&](llvm::BasicBlock* block) { return llvm::any_of(*block, calls); });
}

bool IsCounted(const llvm::Loop& loop, const LoopTests& tests, llvm::TargetLibraryInfo* library) {
  Untested untested(tests);
  return IsCounted(loop.getHeader(), library);
}

}  // namespace omnitrace
