// Whether all objects that a function can see through its arguments are sure to be there still when it
// returns, so that the recording may look at them again as it looked at its entry. Elsewhere it has
// to ask the kernel for every piece, for about half a microsecond each.
#ifndef OMNITRACE_PLUGIN_LIFETIME_H_
#define OMNITRACE_PLUGIN_LIFETIME_H_

#include "llvm/ADT/DenseMap.h"

namespace llvm {
class CallBase;
class Function;
class Instruction;
}  // namespace llvm

namespace omnitrace {

// Looks at unoptimised code without hooks. An object goes by a call of something that may free it or,
// when another thread is waiting for that, by any atomic or volatile access: what follows
// `done.store(true)` may be too late.
class Lifetime {
 public:
  // True for functions of nothing but plain loads, stores and calls of the same kind.
  bool Keeps(const llvm::Function& function);

 private:
  bool MayEndAnObject(const llvm::Instruction& instruction);
  bool MayEndAnObject(const llvm::CallBase& call);

  llvm::DenseMap<const llvm::Function*, bool> known_;
  int depth_ = 0;
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_LIFETIME_H_
