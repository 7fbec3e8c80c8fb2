// Puts the hooks into a coroutine, before it is split. What one activation does on one thread is one
// call: the first, up to the return to the caller, is the call of the function itself; each
// resumption and the destruction of a suspended coroutine are calls named foo::task::(resumed) and
// foo::task::(destroyed), with the frame's address. So no call stays open across a suspension.
#ifndef OMNITRACE_PLUGIN_COROUTINE_HOOKS_H_
#define OMNITRACE_PLUGIN_COROUTINE_HOOKS_H_

#include "llvm/IR/Function.h"
#include "llvm/IR/GlobalVariable.h"
#include "plugin/site_describer.h"

namespace omnitrace {

struct CoroutineSites {
  llvm::GlobalVariable *called, *resumed, *destroyed;
};

// The description of `site`'s resumptions or destruction: `what` is added to the name.
SiteDescription DescribeActivation(const SiteDescription& site, const char* what,
                                   const TypeDescription* frame);

void HookCoroutine(llvm::Function* function, const SiteDescription& description,
                   const CoroutineSites& sites);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_COROUTINE_HOOKS_H_
