// Decides which functions are traced, and says why not. The decision depends on the declaration
// and its body alone, so that the same answer comes from a compilation and from a mere parse.
#ifndef OMNITRACE_PLUGIN_FUNCTION_SELECTOR_H_
#define OMNITRACE_PLUGIN_FUNCTION_SELECTOR_H_

#include <string>

#include "plugin/options.h"

namespace clang {
class FunctionDecl;
class NamedDecl;
}  // namespace clang

namespace omnitrace {

struct Verdict {
  bool traced;
  bool selected;       // by the globs or an attribute
  std::string reason;  // why it is not traced; empty when it is
  bool in_system_header = false;
  bool is_told = false;  // worth a remark: traced, or written by the user
};

class FunctionSelector {
 public:
  explicit FunctionSelector(const Options& options) : options_(options) {}

  // `function` has a body.
  Verdict Judge(const clang::FunctionDecl& function) const;

 private:
  Verdict Decide(const clang::FunctionDecl& function) const;
  bool IsSelected(const clang::FunctionDecl& function, std::string* reason) const;

  const Options& options_;
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_FUNCTION_SELECTOR_H_
