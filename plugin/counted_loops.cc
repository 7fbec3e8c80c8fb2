#include "plugin/counted_loops.h"

#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/LoopSimplify.h"
#include "llvm/Transforms/Utils/LoopUtils.h"
#include "plugin/inlined_switches.h"
#include "plugin/loop_tests.h"

namespace omnitrace {
namespace {

// A copy of more would be too much code for what a test costs there.
constexpr size_t kMostInstructions = 200;
constexpr size_t kMostSwitches = 8;
// On the loop that keeps its tests, so that it gets no second copy.
constexpr char kTestedLoop[] = "omni.tested";

llvm::SetVector<llvm::GlobalVariable*> SwitchesOf(const LoopTests& tests) {
  llvm::SetVector<llvm::GlobalVariable*> switches;
  for (const SwitchTest& test : tests) switches.insert(test.enabled);
  return switches;
}

bool IsSmall(const llvm::Loop& loop) {
  size_t size = 0;
  for (const llvm::BasicBlock* block : loop.blocks()) size += block->sizeWithoutDebug();
  return size <= kMostInstructions;
}

class Loops {
 public:
  Loops(llvm::Function* function, llvm::FunctionAnalysisManager* analyses)
      : function_(function),
        info_(analyses->getResult<llvm::LoopAnalysis>(*function)),
        dominators_(analyses->getResult<llvm::DominatorTreeAnalysis>(*function)),
        evolution_(analyses->getResult<llvm::ScalarEvolutionAnalysis>(*function)),
        assumptions_(analyses->getResult<llvm::AssumptionAnalysis>(*function)),
        library_(analyses->getResult<llvm::TargetLibraryAnalysis>(*function)) {}

  // One loop; whether there was one. Loop analyses don't hold any longer then.
  bool TestOneInFront() {
    for (llvm::Loop* loop : info_.getLoopsInPreorder()) {
      if (!loop->isInnermost() || llvm::findStringMetadataForLoop(loop, kTestedLoop)) continue;
      LoopTests tests = FindTests(*loop);
      if (tests.empty() || !loop->getLoopLatch() || !CallsNothing(*loop)) continue;
      if (!IsCounted(*loop, tests, &library_)) continue;
      if (loop->isOutermost() && CanCover(*function_) && IsWholeCycle(*loop)) {
        for (const SwitchTest& test : tests) Cover(test);
      } else if (!IsSmall(*loop) || SwitchesOf(tests).size() > kMostSwitches || !Copy(loop)) {
        continue;
      }
      llvm::removeUnreachableBlocks(*function_);
      return changed_ = true;
    }
    return false;
  }

  // Also by looking at loops that stay as they are.
  bool changed() const { return changed_; }

 private:
  // Not part of a cycle with two entries, which is no loop.
  bool IsWholeCycle(const llvm::Loop& loop) const {
    for (auto component = llvm::scc_begin(function_); !component.isAtEnd(); ++component) {
      if (llvm::is_contained(*component, loop.getHeader()))
        return component->size() == loop.getNumBlocks();
    }
    return false;
  }

  bool Copy(llvm::Loop* loop) {
    changed_ |= llvm::simplifyLoop(loop, &dominators_, &info_, &evolution_, &assumptions_, nullptr,
                                   /*PreserveLCSSA=*/false);
    changed_ |= llvm::formLCSSA(*loop, dominators_, &info_, &evolution_);
    llvm::BasicBlock* front = loop->getLoopPreheader();
    if (!front || !loop->isSafeToClone()) return false;
    LoopTests tests = FindTests(*loop);
    llvm::BasicBlock* start = llvm::SplitBlock(front, front->getTerminator(), &dominators_, &info_);
    llvm::ValueToValueMapTy map;
    llvm::SmallVector<llvm::BasicBlock*> blocks;
    llvm::Loop* tested = llvm::cloneLoopWithPreheader(start, front, loop, map, ".tested", &info_,
                                                      &dominators_, blocks);
    llvm::remapInstructionsInBlocks(blocks, map);
    JoinExits(*loop, map);
    llvm::addStringMetadataToLoop(tested, kTestedLoop, 1);
    llvm::addStringMetadataToLoop(tested, "llvm.loop.unroll.disable", 1);
    for (llvm::GlobalVariable* enabled : SwitchesOf(tests))
      front = TestInFront(front, enabled, blocks.front(), start);
    for (const SwitchTest& test : tests) RemoveTest(test);
    return true;
  }

  // What the copy defines reaches the same users, all of which are behind the exits' phis.
  static void JoinExits(const llvm::Loop& loop, llvm::ValueToValueMapTy& map) {
    llvm::SmallVector<llvm::BasicBlock*> exits;
    loop.getUniqueExitBlocks(exits);
    for (llvm::BasicBlock* exit : exits) {
      for (llvm::PHINode& phi : exit->phis()) {
        for (unsigned i = 0, count = phi.getNumIncomingValues(); i < count; ++i) {
          if (!loop.contains(phi.getIncomingBlock(i))) continue;
          llvm::Value* value = phi.getIncomingValue(i);
          llvm::Value* copy = map.lookup(value);
          phi.addIncoming(copy ? copy : value,
                          llvm::cast<llvm::BasicBlock>(map.lookup(phi.getIncomingBlock(i))));
        }
      }
    }
  }

  // Ends `front`, which only went on to `start`, with a test. Returns the block where it goes on
  // when the switch is off, for the next test.
  llvm::BasicBlock* TestInFront(llvm::BasicBlock* front, llvm::GlobalVariable* enabled,
                                llvm::BasicBlock* on, llvm::BasicBlock* start) {
    llvm::Instruction* last = front->getTerminator();
    auto* off = llvm::BasicBlock::Create(function_->getContext(), "omni.off", function_, start);
    llvm::IRBuilder<> builder(last);
    CreateSwitchTest(&builder, enabled, on, off);
    last->moveBefore(*off, off->end());
    return off;
  }

  llvm::Function* function_;
  llvm::LoopInfo& info_;
  llvm::DominatorTree& dominators_;
  llvm::ScalarEvolution& evolution_;
  llvm::AssumptionCache& assumptions_;
  llvm::TargetLibraryInfo& library_;
  bool changed_ = false;
};

// Besides that of its own entry.
bool HasInlinedTest(const llvm::Function& function) {
  return llvm::any_of(llvm::drop_begin(function),
                      [](const llvm::BasicBlock& block) { return FindSwitchTest(block); });
}

}  // namespace

llvm::PreservedAnalyses CountedLoopsPass::run(llvm::Function& function,
                                              llvm::FunctionAnalysisManager& analyses) {
  bool changed = false;
  // The twin is for size, and records.
  bool more = !function.hasOptSize() && HasInlinedTest(function);
  while (more) {
    Loops loops(&function, &analyses);
    more = loops.TestOneInFront();
    changed |= loops.changed();
    if (more) analyses.invalidate(function, llvm::PreservedAnalyses::none());
  }
  return changed ? llvm::PreservedAnalyses::none() : llvm::PreservedAnalyses::all();
}

}  // namespace omnitrace
