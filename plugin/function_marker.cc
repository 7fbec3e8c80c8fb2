#include "plugin/function_marker.h"

#include <chrono>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/Support/Process.h"
#include "plugin/function_name.h"

namespace omnitrace {
namespace {

std::string MarkPrefix() {
  auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  return "omnitrace.function." + std::to_string(llvm::sys::Process::getProcessId()) + "." +
         std::to_string(now) + ".";
}

// See held_types.h.
bool MayManage(const clang::FunctionDecl& function) {
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if (!method || !method->isStatic() || method->isExternallyVisible()) return false;
  const clang::DeclContext* scope = method->getParent();
  while (scope && !scope->isStdNamespace()) scope = scope->getParent();
  return scope != nullptr;
}

}  // namespace

FunctionMarker::FunctionMarker(const Options& options, const FunctionSelector& selector)
    : options_(options), selector_(selector), prefix_(MarkPrefix()) {}

void FunctionMarker::Mark(clang::FunctionDecl* function) {
  Verdict verdict = selector_.Judge(*function);
  if (!verdict.in_system_header) ++judged_;
  if (options_.explain && verdict.is_told) Explain(*function, verdict);
  if (!verdict.traced && !MayManage(*function)) return;
  std::string mark = prefix_ + std::to_string(marked_.size());
  marked_.push_back({function, verdict.traced});
  clang::ASTContext& context = function->getASTContext();
  // On every declaration: code is generated from the one that was referenced first.
  for (clang::FunctionDecl* declaration : function->redecls())
    declaration->addAttr(clang::AnnotateAttr::CreateImplicit(context, mark, nullptr, 0));
}

FunctionMarker::Marked FunctionMarker::Find(llvm::StringRef mark) const {
  size_t index = 0;
  if (!mark.consume_front(prefix_) || mark.getAsInteger(10, index)) return {};
  return index < marked_.size() ? marked_[index] : Marked();
}

void FunctionMarker::Explain(const clang::FunctionDecl& function, const Verdict& verdict) {
  clang::DiagnosticsEngine& diagnostics = function.getASTContext().getDiagnostics();
  auto& ids = *diagnostics.getDiagnosticIDs();
  clang::SourceLocation place = function.getLocation();
  if (verdict.traced) {
    diagnostics.Report(place,
                       ids.getCustomDiagID(clang::DiagnosticIDs::Remark, "omnitrace: traced: %0"))
        << QualifiedName(function);
  } else {
    diagnostics.Report(
        place, ids.getCustomDiagID(clang::DiagnosticIDs::Remark, "omnitrace: not traced: %0: %1"))
        << QualifiedName(function) << verdict.reason;
  }
}

}  // namespace omnitrace
