#include "plugin/lifetime.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

namespace omnitrace {
namespace {

// Chains of calls are short where nothing is freed; beyond this the answer is no.
constexpr int kMostDepth = 16;

// Of the C and C++ libraries. (Those that throw don't return.)
bool IsHarmless(llvm::StringRef name) {
  return llvm::StringSwitch<bool>(name)
      .Cases("memcpy", "memmove", "memset", "memcmp", "memchr", "strlen", "strcmp", "strncmp", true)
      .Cases("strchr", "strrchr", "wcslen", "wmemcpy", "wmemmove", "wmemset", "wmemcmp", true)
      .Cases("malloc", "calloc", "_Znwm", "_Znam", "_ZnwmSt11align_val_t", "_ZnamSt11align_val_t",
             true)
      .Cases("__cxa_allocate_exception", "__cxa_throw", "__cxa_begin_catch", true)
      .Cases("_ZSt17__throw_bad_allocv", "_ZSt28__throw_bad_array_new_lengthv",
             "_ZSt19__throw_logic_errorPKc", "_ZSt20__throw_length_errorPKc",
             "_ZSt20__throw_out_of_rangePKc", "_ZSt24__throw_out_of_range_fmtPKcz", true)
      .Default(false);
}

}  // namespace

bool Lifetime::Keeps(const llvm::Function& function) {
  // False while it is being looked at: what calls it in a circle is not known to keep anything.
  auto [entry, is_new] = known_.try_emplace(&function, false);
  if (!is_new) return entry->second;
  bool keeps = !function.isDeclaration() && !function.isInterposable() && depth_ < kMostDepth;
  ++depth_;
  for (const llvm::Instruction& instruction : llvm::instructions(function)) {
    if (!keeps) break;
    keeps = !MayEndAnObject(instruction);
  }
  --depth_;
  return known_[&function] = keeps;
}

bool Lifetime::MayEndAnObject(const llvm::Instruction& instruction) {
  if (instruction.isAtomic() || instruction.isVolatile()) return true;
  const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  return call != nullptr && MayEndAnObject(*call);
}

bool Lifetime::MayEndAnObject(const llvm::CallBase& call) {
  const llvm::Function* callee = call.getCalledFunction();
  if (callee == nullptr) return true;
  // Recursion adds nothing of its own.
  if (callee->isIntrinsic() || callee == call.getFunction()) return false;
  return !IsHarmless(callee->getName()) && !Keeps(*callee);
}

}  // namespace omnitrace
