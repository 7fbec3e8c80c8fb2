// What a std::any or a std::function may hold: the types whose managing functions this unit makes.
#ifndef OMNITRACE_PLUGIN_HELD_TYPES_H_
#define OMNITRACE_PLUGIN_HELD_TYPES_H_

#include <map>
#include <string>
#include <vector>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Type.h"

namespace omnitrace {

// Symbols of functions that only this unit sees, by their canonical declarations.
using LocalSymbols = std::map<const clang::FunctionDecl*, std::string>;

struct HeldType {
  clang::QualType type;
  std::string manager;  // the function's symbol
};

// By the specializations of a class template `name`, such as "__any_imp::_SmallHandler", that is a
// member of the class or of its namespace: the template argument `argument` is the type, the static
// member function `manager` the function. Those that other units don't see, as of a lambda, must be
// among the `locals`: their names belong to the code generator, see function_marker.h.
std::vector<HeldType> FindHeldTypes(const clang::CXXRecordDecl& record, llvm::StringRef name,
                                    unsigned argument, llvm::StringRef manager,
                                    const LocalSymbols& locals, const clang::ASTContext& context);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_HELD_TYPES_H_
