// The plugin's entry: hands every function that Clang has to the marker, and adds the lowering
// pass to the code generator's pipeline.
#include <memory>

#include "clang/Basic/CodeGenOptions.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "plugin/adapters.h"
#include "plugin/counted_loops.h"
#include "plugin/entry_code.h"
#include "plugin/function_consumer.h"
#include "plugin/function_marker.h"
#include "plugin/function_selector.h"
#include "plugin/inlined_switches.h"
#include "plugin/local_copies.h"
#include "plugin/lowering.h"
#include "plugin/options.h"
#include "plugin/twin_calls.h"
#include "plugin/twin_frames.h"
#include "plugin/unmatched_globs.h"

namespace omnitrace {
namespace {

class OmnitraceConsumer : public FunctionConsumer {
 public:
  OmnitraceConsumer(clang::CompilerInstance& compiler, Options options)
      : compiler_(compiler),
        options_(std::move(options)),
        selector_(options_),
        marker_(options_, selector_) {
    // A destructor that equals its base's would be replaced by it, and its calls would be missed.
    // At -O0 Clang never does that, and without aliases a debugger would see one frame more.
    clang::CodeGenOptions& code = compiler.getCodeGenOpts();
    if (code.OptimizationLevel > 0) code.CXXCtorDtorAliases = false;
    // The lowering pass asks the AST for types and layouts: at that time all is complete that will
    // ever be.
    code.ClearASTBeforeBackend = false;
    LoweringPass pass(&compiler, &marker_, &options_);
    bool without_pipeline = code.DisableLLVMPasses;
    // Of -ffat-lto-objects' two pipelines the second one has no end that passes can be added to.
    bool cover = options_.standby && !code.FatLTO;
    bool code_in_front = options_.standby && EntryCodePass::IsFor(compiler);
    code.PassBuilderCallbacks.push_back([=](llvm::PassBuilder& builder) {
      AddTo(builder, pass, without_pipeline);
      if (cover) CoverInlined(builder);
      if (code_in_front) PutCodeInFront(builder);
    });
  }

  void HandleTranslationUnit(clang::ASTContext& context) override {
    if (marker_.judged() > 0) WarnOfUnmatchedGlobs(options_, context);
    // A precompiled header's are made in the units that use it. An AST file's units come without
    // the means.
    if (compiler_.hasSema() && !compiler_.getLangOpts().CompilingPCH)
      InstantiateAdapters(&compiler_.getSema());
  }

 private:
  // -save-temps and -Xclang -disable-llvm-passes write the module as it comes from the front end,
  // through no pipeline: the first pass of all, which writes it, is the only occasion left.
  static void AddTo(llvm::PassBuilder& builder, LoweringPass pass, bool without_pipeline) {
    if (without_pipeline) {
      builder.getPassInstrumentationCallbacks()->registerBeforeNonSkippedPassCallback(
          [pass](llvm::StringRef, llvm::Any unit) mutable {
            if (const auto* module = llvm::any_cast<const llvm::Module*>(&unit))
              pass.Lower(const_cast<llvm::Module&>(**module));
          });
      return;
    }
    builder.registerPipelineStartEPCallback(
        [pass](llvm::ModulePassManager& passes, llvm::OptimizationLevel) {
          passes.addPass(LoweringPass(pass));
        });
  }

  static void CoverInlined(llvm::PassBuilder& builder) {
    builder.registerCGSCCOptimizerLateEPCallback(
        [](llvm::CGSCCPassManager& passes, llvm::OptimizationLevel) {
          llvm::FunctionPassManager each;
          each.addPass(CoverInlinedPass());
          each.addPass(LocalCopiesPass());
          passes.addPass(llvm::createCGSCCToFunctionPassAdaptor(std::move(each)));
        });
    builder.registerPeepholeEPCallback(
        [](llvm::FunctionPassManager& passes, llvm::OptimizationLevel) {
          passes.addPass(CountedLoopsPass());
        });
    builder.registerOptimizerLastEPCallback(
        [](llvm::ModulePassManager& passes, llvm::OptimizationLevel) {
          passes.addPass(TwinCallsPass());
          passes.addPass(EmitInlinedPass());
        });
  }

  static void PutCodeInFront(llvm::PassBuilder& builder) {
    builder.registerOptimizerLastEPCallback(
        [](llvm::ModulePassManager& passes, llvm::OptimizationLevel level) {
          if (level == llvm::OptimizationLevel::O0) return;
          passes.addPass(llvm::createModuleToFunctionPassAdaptor(TwinFramesPass()));
          passes.addPass(EntryCodePass());
        });
  }

  // Without globs there are only probes.
  void HandleFunction(clang::FunctionDecl* function) override {
    if (!options_.namespaces.empty()) marker_.Mark(function);
  }

  clang::CompilerInstance& compiler_;
  const Options options_;
  const FunctionSelector selector_;
  FunctionMarker marker_;
};

class OmnitraceAction : public clang::PluginASTAction {
 protected:
  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef) override {
    if (!compiler.getLangOpts().CPlusPlus) return std::make_unique<clang::ASTConsumer>();
    return std::make_unique<OmnitraceConsumer>(compiler, options_);
  }

  bool ParseArgs(const clang::CompilerInstance& compiler,
                 const std::vector<std::string>& args) override {
    return CheckVersion(compiler) && CheckTarget(compiler) &&
           ParseOptions(args, compiler.getDiagnostics(), &options_);
  }

  // Before the code generator: it must find the marks when it sees a function.
  ActionType getActionType() override { return AddBeforeMainAction; }

 private:
  static bool CheckVersion(const clang::CompilerInstance& compiler) {
    std::string running = clang::getClangFullVersion();
    if (running.find("version " + std::to_string(CLANG_VERSION_MAJOR) + ".") != std::string::npos)
      return true;
    return Refuse(compiler, "this plugin was built for clang " +
                                std::to_string(CLANG_VERSION_MAJOR) + ", not for '" + running +
                                "'; use omni-clang++");
  }

  static bool CheckTarget(const clang::CompilerInstance& compiler) {
    const llvm::Triple& target = compiler.getTarget().getTriple();
    if (target.getArch() == llvm::Triple::x86_64 && target.isOSLinux() && !target.isX32())
      return true;
    return Refuse(compiler, "there is a runtime for Linux on x86-64 only, not for '" +
                                target.str() + "'; build this target without -fomni options");
  }

  static bool Refuse(const clang::CompilerInstance& compiler, const std::string& reason) {
    clang::DiagnosticsEngine& diagnostics = compiler.getDiagnostics();
    diagnostics.Report(
        diagnostics.getCustomDiagID(clang::DiagnosticsEngine::Error, "omnitrace: %0"))
        << reason;
    return false;
  }

  Options options_;
};

const clang::FrontendPluginRegistry::Add<OmnitraceAction> kRegistration(
    "omnitrace", "records the calls of selected functions");

}  // namespace
}  // namespace omnitrace
