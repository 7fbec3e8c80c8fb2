// The functions of a module that carry a mark.
#ifndef OMNITRACE_PLUGIN_MARKED_FUNCTIONS_H_
#define OMNITRACE_PLUGIN_MARKED_FUNCTIONS_H_

#include <map>
#include <vector>

#include "llvm/IR/Module.h"
#include "plugin/function_marker.h"

namespace omnitrace {

struct MarkedFunction {
  llvm::Function* ir;
  const clang::FunctionDecl* declaration;
};

struct MarkedFunctions {
  // Definitions that are the function itself, not one of the entry points that Clang makes of
  // constructors and destructors to forward to another one.
  std::vector<MarkedFunction> traced;
  // Names in the module of the others, by their canonical declarations.
  std::map<const clang::FunctionDecl*, std::string> others;
};

// Takes the marks out of the module's annotations, so that a second run finds nothing.
MarkedFunctions TakeMarkedFunctions(llvm::Module* module, const FunctionMarker& marker);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_MARKED_FUNCTIONS_H_
