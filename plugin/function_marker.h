// Marks the functions of a translation unit for the lowering pass, before Clang's code generator
// sees them.
//
// The mark is an AnnotateAttr, because Clang carries it from the declaration to every
// llvm::Function made from it. Finding functions again by mangled name was tried and fails: the
// numbers of lambdas and unnamed classes with internal linkage belong to the code generator's own
// mangler. Nothing else of the AST is touched, so constant evaluation, overload resolution,
// diagnostics and elision cannot change.
#ifndef OMNITRACE_PLUGIN_FUNCTION_MARKER_H_
#define OMNITRACE_PLUGIN_FUNCTION_MARKER_H_

#include <optional>
#include <string>
#include <vector>

#include "llvm/ADT/StringRef.h"
#include "plugin/function_selector.h"

namespace clang {
class ASTContext;
class FunctionDecl;
}  // namespace clang

namespace omnitrace {

class FunctionMarker {
 public:
  FunctionMarker(const Options& options, const FunctionSelector& selector);

  // Marks `function`, which has a body, when it is selected, or manages what a std::function holds
  // that other units don't see. Once for each.
  void Mark(clang::FunctionDecl* function);

  struct Marked {
    const clang::FunctionDecl* function = nullptr;
    bool traced = false;
  };
  // What has a mark found in the module's annotations; no function for an annotation of others.
  Marked Find(llvm::StringRef mark) const;

  // Functions judged that are not in system headers.
  size_t judged() const { return judged_; }

 private:
  void Explain(const clang::FunctionDecl& function, const Verdict& verdict);

  const Options& options_;
  const FunctionSelector& selector_;
  // Of this process: a precompiled header brings marks of the process that wrote it.
  const std::string prefix_;
  std::vector<Marked> marked_;
  size_t judged_ = 0;
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_FUNCTION_MARKER_H_
