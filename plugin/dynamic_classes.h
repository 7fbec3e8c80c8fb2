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

// Of the module's own, in the order of the program's text. Looks at the code as it comes from the
// front end, and takes the classes from the AST's types: those from a precompiled header or an AST
// file are handed to no consumer. Classes of namespace std are what the reader knows anyway.
std::vector<DynamicClassMark> FindDynamicClasses(clang::ASTContext* context,
                                                 const llvm::Module& module);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_DYNAMIC_CLASSES_H_
