#include "plugin/twin_frames.h"

#include "llvm/IR/InstIterator.h"
#include "llvm/IR/InstrTypes.h"
#include "plugin/switch_test.h"

namespace omnitrace {
namespace {

bool IsAssembler(const llvm::Instruction& instruction) {
  const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  return call && call->isInlineAsm();
}

}  // namespace

llvm::PreservedAnalyses TwinFramesPass::run(llvm::Function& function,
                                            llvm::FunctionAnalysisManager&) {
  bool is_for_size = TwinSwitch(function) && function.hasMinSize();
  if (is_for_size && llvm::none_of(llvm::instructions(function), IsAssembler))
    function.addFnAttr("frame-pointer", "all");
  return llvm::PreservedAnalyses::all();
}

}  // namespace omnitrace
