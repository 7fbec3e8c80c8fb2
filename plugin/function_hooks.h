// Puts the hooks into the body of a function: enter first of all, leave before every return, unwind
// on the way of every exception out of it.
#ifndef OMNITRACE_PLUGIN_FUNCTION_HOOKS_H_
#define OMNITRACE_PLUGIN_FUNCTION_HOOKS_H_

#include "llvm/ADT/ArrayRef.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"
#include "plugin/site_describer.h"

namespace omnitrace {

// `activations`: in a coroutine, the sites of what an exception may leave instead of the call itself.
void HookFunction(llvm::Function* function, const SiteDescription& description,
                  llvm::GlobalVariable* site,
                  llvm::ArrayRef<llvm::GlobalVariable*> activations = {});

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_FUNCTION_HOOKS_H_
