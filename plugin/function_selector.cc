#include "plugin/function_selector.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "plugin/attributes.h"
#include "plugin/function_name.h"
#include "runtime/workspace/glob.h"

namespace omnitrace {
namespace {

// Looks for what a clone or a hook cannot live with.
class BodyScanner : public clang::RecursiveASTVisitor<BodyScanner> {
 public:
  const char* reason() const { return reason_; }

  bool VisitIndirectGotoStmt(clang::IndirectGotoStmt*) { return Found("it uses computed goto"); }
  bool VisitAddrLabelExpr(clang::AddrLabelExpr*) { return Found("it uses computed goto"); }
  bool VisitGCCAsmStmt(clang::GCCAsmStmt* assembly) {
    if (assembly->isAsmGoto()) return Found("it has an asm goto");
    return assembly->getAsmString()->getString().contains(":\n") ||
                   assembly->getAsmString()->getString().ends_with(":")
               ? Found("its asm defines a label")
               : true;
  }
  // A lambda's body is a function of its own.
  bool TraverseLambdaExpr(clang::LambdaExpr*) { return true; }
  bool TraverseCXXRecordDecl(clang::CXXRecordDecl*) { return true; }

 private:
  bool Found(const char* reason) {
    reason_ = reason;
    return false;
  }
  const char* reason_ = nullptr;
};

const char* ForbiddenByAttribute(const clang::FunctionDecl& function) {
  if (function.hasAttr<clang::NakedAttr>()) return "it is naked";
  if (function.hasAttr<clang::IFuncAttr>()) return "it is an ifunc";
  if (function.hasAttr<clang::ReturnsTwiceAttr>()) return "it returns twice";
  if (function.hasAttr<clang::NoInstrumentFunctionAttr>())
    return "it is marked no_instrument_function";
  if (function.isMultiVersion()) return "it has several versions for several processors";
  return nullptr;
}

// See <omnitrace/adapt.h>.
bool ShowsValues(const clang::FunctionDecl& function) {
  std::string name = QualifiedName(function);
  llvm::StringRef view(name);
  return view.starts_with("omnitrace::adapt<") || view.starts_with("omnitrace::internal::");
}

const char* ForbiddenByKind(const clang::FunctionDecl& function) {
  if (function.isConsteval()) return "it is consteval: it never runs";
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if (method && method->isLambdaStaticInvoker()) return "it forwards to a lambda";
  if (ShowsValues(function)) return "it runs while calls are recorded";
  return nullptr;
}

const char* ForbiddenByBody(const clang::FunctionDecl& function) {
  BodyScanner scanner;
  scanner.TraverseStmt(function.getBody());
  return scanner.reason();
}

unsigned Lines(const clang::FunctionDecl& function) {
  const clang::SourceManager& sources = function.getASTContext().getSourceManager();
  clang::SourceRange range = function.getBody()->getSourceRange();
  unsigned first = sources.getExpansionLineNumber(range.getBegin());
  unsigned last = sources.getExpansionLineNumber(range.getEnd());
  return last >= first ? last - first + 1 : 1;
}

bool InSystemHeader(const clang::FunctionDecl& function) {
  const clang::SourceManager& sources = function.getASTContext().getSourceManager();
  return sources.isInSystemHeader(sources.getExpansionLoc(function.getLocation()));
}

}  // namespace

bool FunctionSelector::IsSelected(const clang::FunctionDecl& function, std::string* reason) const {
  switch (FindTraceAttribute(function)) {
    case TraceAttribute::kTrace:
      return true;
    case TraceAttribute::kSkip:
      *reason = "it is marked [[omnitrace::skip]]";
      return false;
    case TraceAttribute::kNone:
      break;
  }
  std::string name = QualifiedName(function);
  // "*" means the user's own code; any other glob means what it says, wherever it lies.
  const std::string& globs = options_.namespaces;
  bool everything = GlobMatches(globs, name);
  if (!everything) {
    *reason = "no glob of -fomni-ns selects it";
  } else if (GlobMatches(options_.exclude, name)) {
    *reason = "-fomni-exclude takes it out";
  } else if (InSystemHeader(function) && !GlobMatchesExplicitly(globs, name)) {
    *reason = "it is in a system header";
  } else {
    return true;
  }
  return false;
}

Verdict FunctionSelector::Judge(const clang::FunctionDecl& function) const {
  Verdict verdict = Decide(function);
  verdict.in_system_header = InSystemHeader(function);
  // Which views there are of a template's classes is known to the plugin alone.
  bool is_written = !function.isImplicit() && !function.isDefaulted() && !ShowsValues(function);
  verdict.is_told =
      verdict.traced || (is_written && (verdict.selected || !verdict.in_system_header));
  return verdict;
}

Verdict FunctionSelector::Decide(const clang::FunctionDecl& function) const {
  std::string reason;
  if (!IsSelected(function, &reason)) return {false, false, reason};
  const char* forbidden = ForbiddenByKind(function);
  if (!forbidden) forbidden = ForbiddenByAttribute(function);
  if (!forbidden) forbidden = ForbiddenByBody(function);
  if (forbidden) return {false, true, forbidden};
  if (Lines(function) < options_.min_lines)
    return {false, true, "it has fewer lines than -fomni-min-lines"};
  return {true, true, ""};
}

}  // namespace omnitrace
