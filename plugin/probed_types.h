// The types of the values that a unit's probes record: specialisations of
// omnitrace::internal::Described (runtime/include/omnitrace/internal/probes.h).
#ifndef OMNITRACE_PLUGIN_PROBED_TYPES_H_
#define OMNITRACE_PLUGIN_PROBED_TYPES_H_

#include <vector>

#include "clang/AST/Type.h"
#include "llvm/IR/Module.h"

namespace clang {
class ASTContext;
}

namespace omnitrace {

struct ProbedType {
  llvm::GlobalVariable* variable;  // is to point to the description
  clang::QualType type;            // a reference where the object may be of a derived class
};

// Those without a description yet.
std::vector<ProbedType> FindProbedTypes(clang::ASTContext* context, const llvm::Module& module);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_PROBED_TYPES_H_
