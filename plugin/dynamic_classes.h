// The classes that objects turn out to be of when the program runs: what a virtual table or an
// exception's type information belongs to.
#ifndef OMNITRACE_PLUGIN_DYNAMIC_CLASSES_H_
#define OMNITRACE_PLUGIN_DYNAMIC_CLASSES_H_

#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/IR/Module.h"

namespace omnitrace {

struct DynamicClassMark {
  llvm::GlobalVariable* variable;  // defined in the module
  const clang::CXXRecordDecl* record;
};

// Those that the module defines, in the order of the AST's types. Looks at the code as it comes from
// the front end. The types are asked because classes of a precompiled header or an AST file are
// handed to no consumer. Left out is namespace std, whose exceptions' what() says all there is.
std::vector<DynamicClassMark> FindDynamicClasses(clang::ASTContext* context,
                                                 const llvm::Module& module);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_DYNAMIC_CLASSES_H_
