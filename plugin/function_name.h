// Names as the user reads them: qualified, without parameters and inline namespaces, templates
// with their arguments, a lambda as foo::lam::(lambda 12:9).
#ifndef OMNITRACE_PLUGIN_FUNCTION_NAME_H_
#define OMNITRACE_PLUGIN_FUNCTION_NAME_H_

#include <string>
#include <utility>

namespace clang {
class FunctionDecl;
class NamedDecl;
class QualType;
class ASTContext;
}  // namespace clang

namespace omnitrace {

std::string QualifiedName(const clang::NamedDecl& decl);
// The same in two pieces, without the "::" between them; the first one may be empty.
std::pair<std::string, std::string> ScopeAndName(const clang::FunctionDecl& function);
// `name` is the qualified one: printing it takes a large part of the plugin's time.
std::string Signature(const clang::FunctionDecl& function, const std::string& name);
std::string TypeName(clang::QualType type, const clang::ASTContext& context);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_FUNCTION_NAME_H_
