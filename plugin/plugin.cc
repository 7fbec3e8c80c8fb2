// The plugin's entry: hands every function that Clang has parsed to the marker, and adds the
// lowering pass to the code generator's pipeline.
#include <memory>

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTMutationListener.h"
#include "clang/Basic/CodeGenOptions.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "plugin/function_marker.h"
#include "plugin/function_selector.h"
#include "plugin/lowering.h"
#include "plugin/options.h"
#include "plugin/unmatched_globs.h"

namespace omnitrace {
namespace {

class OmnitraceConsumer : public clang::ASTConsumer, public clang::ASTMutationListener {
 public:
  OmnitraceConsumer(clang::CompilerInstance& compiler, Options options)
      : options_(std::move(options)), selector_(options_), marker_(options_, selector_) {
    // A destructor that equals its base's would be replaced by it, and its calls would be missed.
    compiler.getCodeGenOpts().CXXCtorDtorAliases = false;
    // The lowering pass asks the AST for types and layouts: at that time all is complete that will
    // ever be.
    compiler.getCodeGenOpts().ClearASTBeforeBackend = false;
    clang::CompilerInstance* owner = &compiler;
    compiler.getCodeGenOpts().PassBuilderCallbacks.push_back([this, owner](llvm::PassBuilder& builder) {
      builder.registerPipelineStartEPCallback(
          [this, owner](llvm::ModulePassManager& passes, llvm::OptimizationLevel) {
            passes.addPass(LoweringPass(owner, &marker_, &options_));
          });
    });
  }

  bool HandleTopLevelDecl(clang::DeclGroupRef group) override {
    for (clang::Decl* decl : group) marker_.Mark(decl);
    return true;
  }
  void HandleInlineFunctionDefinition(clang::FunctionDecl* function) override {
    marker_.Mark(function);
  }
  void HandleCXXStaticMemberVarInstantiation(clang::VarDecl* variable) override {
    marker_.Mark(variable);
  }
  clang::ASTMutationListener* GetASTMutationListener() override { return this; }
  // Implicit and defaulted members are never handed over by the parser.
  void CompletedImplicitDefinition(const clang::FunctionDecl* function) override {
    marker_.MarkFunction(const_cast<clang::FunctionDecl*>(function));
  }
  void HandleTranslationUnit(clang::ASTContext& context) override {
    if (marker_.judged() > 0) WarnOfUnmatchedGlobs(options_, context);
  }

 private:
  const Options options_;
  const FunctionSelector selector_;
  FunctionMarker marker_;
};

class OmnitraceAction : public clang::PluginASTAction {
 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef) override {
    if (!compiler.getLangOpts().CPlusPlus || options_.namespaces.empty())
      return std::make_unique<clang::ASTConsumer>();
    return std::make_unique<OmnitraceConsumer>(compiler, options_);
  }

  bool ParseArgs(const clang::CompilerInstance& compiler,
                 const std::vector<std::string>& args) override {
    return CheckVersion(compiler) && ParseOptions(args, compiler.getDiagnostics(), &options_);
  }

  // Before the code generator: it must find the marks when it sees a function.
  ActionType getActionType() override { return AddBeforeMainAction; }

 private:
  static bool CheckVersion(const clang::CompilerInstance& compiler) {
    std::string running = clang::getClangFullVersion();
    if (running.find("version " + std::to_string(CLANG_VERSION_MAJOR) + ".") != std::string::npos)
      return true;
    clang::DiagnosticsEngine& diagnostics = compiler.getDiagnostics();
    diagnostics.Report(diagnostics.getCustomDiagID(
        clang::DiagnosticsEngine::Error,
        "omnitrace: this plugin was built for clang %0, not for '%1'; use omni-clang++"))
        << CLANG_VERSION_MAJOR << running;
    return false;
  }

  Options options_;
};

const clang::FrontendPluginRegistry::Add<OmnitraceAction> kRegistration(
    "omnitrace", "records the calls of selected functions");

}  // namespace
}  // namespace omnitrace
