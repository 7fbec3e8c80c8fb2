// Classes that the program shows by functions of its own: specialisations of omnitrace::adapt
// (runtime/include/omnitrace/adapt.h).
#ifndef OMNITRACE_PLUGIN_ADAPTERS_H_
#define OMNITRACE_PLUGIN_ADAPTERS_H_

#include <optional>
#include <string>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Type.h"

namespace clang {
class Sema;
}

namespace omnitrace {

// At the end of a unit, before its code is generated: sees to it that there will be a function
// ShowAdapted for every class that the unit has both completed and adapted. This, which the user
// asks for, is the only instantiation that the plugin causes.
void InstantiateAdapters(clang::Sema* sema);

struct Adapter {
  std::string symbol;    // of ShowAdapted for the class
  clang::QualType view;  // what that shows, or a reference to it
};

// Null when the class is not adapted.
std::optional<Adapter> FindAdapter(const clang::CXXRecordDecl& record,
                                   const clang::ASTContext& context);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_ADAPTERS_H_
