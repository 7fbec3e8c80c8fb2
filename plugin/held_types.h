// What a std::any or a std::function may hold: the types whose managing functions this unit makes.
#ifndef OMNITRACE_PLUGIN_HELD_TYPES_H_
#define OMNITRACE_PLUGIN_HELD_TYPES_H_

#include <string>
#include <vector>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Type.h"

namespace omnitrace {

struct HeldType {
  clang::QualType type;
  std::string manager;  // the function's symbol
};

// By the specializations of a class template `name`, such as "__any_imp::_SmallHandler", that is a
// member of the class or of its namespace: the template argument `argument` is the type, the static
// member function `manager` the function. Only functions that other units see under the same name:
// the names of others belong to the code generator, see function_marker.h.
std::vector<HeldType> FindHeldTypes(const clang::CXXRecordDecl& record, llvm::StringRef name,
                                    unsigned argument, llvm::StringRef manager,
                                    const clang::ASTContext& context);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_HELD_TYPES_H_
