// Warns of globs that name nothing: a typing error would otherwise be a silent untraced build.
#ifndef OMNITRACE_PLUGIN_UNMATCHED_GLOBS_H_
#define OMNITRACE_PLUGIN_UNMATCHED_GLOBS_H_

#include <string>
#include <vector>

#include "plugin/options.h"

namespace clang {
class ASTContext;
}

namespace omnitrace {

// Those of the list `globs` for which the unit declares no namespace, class or function that they
// select.
std::vector<std::string> UnmatchedGlobs(const std::string& globs, clang::ASTContext& context);

// The warning is never an error, whatever -Werror says: in a build of many units most of them do
// not know most namespaces.
void WarnOfUnmatchedGlobs(const Options& options, clang::ASTContext& context);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_UNMATCHED_GLOBS_H_
