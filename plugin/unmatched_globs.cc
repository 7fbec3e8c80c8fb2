#include "plugin/unmatched_globs.h"

#include <string>
#include <vector>

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/Diagnostic.h"
#include "plugin/function_name.h"
#include "runtime/workspace/glob.h"

namespace omnitrace {
namespace {

// Strikes the globs off that any declaration matches; ends as soon as none is left.
class GlobStriker : public clang::RecursiveASTVisitor<GlobStriker> {
 public:
  explicit GlobStriker(const std::string& list) {
    AnyGlob(list, [this](std::string_view glob) {
      left_.emplace_back(glob);
      return false;
    });
  }
  const std::vector<std::string>& left() const { return left_; }

  bool VisitNamespaceDecl(clang::NamespaceDecl* decl) { return Strike(*decl); }
  bool VisitCXXRecordDecl(clang::CXXRecordDecl* decl) { return Strike(*decl); }
  bool VisitFunctionDecl(clang::FunctionDecl* decl) { return Strike(*decl); }
  bool TraverseCompoundStmt(clang::CompoundStmt*) { return true; }

 private:
  bool Strike(const clang::NamedDecl& decl) {
    std::string name = QualifiedName(decl);
    std::erase_if(left_, [&](const std::string& glob) { return OneGlobMatches(glob, name); });
    return !left_.empty();
  }
  std::vector<std::string> left_;
};

}  // namespace

std::vector<std::string> UnmatchedGlobs(const std::string& globs, clang::ASTContext& context) {
  GlobStriker striker(globs);
  striker.TraverseDecl(context.getTranslationUnitDecl());
  return striker.left();
}

void WarnOfUnmatchedGlobs(const Options& options, clang::ASTContext& context) {
  clang::DiagnosticsEngine& diagnostics = context.getDiagnostics();
  unsigned id = diagnostics.getCustomDiagID(
      clang::DiagnosticsEngine::Warning,
      "omnitrace: -fomni-ns glob '%0' matches nothing in this input; -fomni-explain lists its functions");
  bool as_errors = diagnostics.getWarningsAsErrors();
  diagnostics.setWarningsAsErrors(false);
  for (const std::string& glob : UnmatchedGlobs(options.namespaces, context))
    diagnostics.Report(id) << glob;
  diagnostics.setWarningsAsErrors(as_errors);
}

}  // namespace omnitrace
