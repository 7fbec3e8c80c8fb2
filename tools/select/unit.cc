#include "tools/select/unit.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "plugin/function_consumer.h"
#include "plugin/function_name.h"
#include "plugin/function_selector.h"
#include "plugin/unmatched_globs.h"
#include "tools/select/compile_command.h"

namespace omnitrace::tools {
namespace {

class SelectConsumer : public FunctionConsumer {
 public:
  SelectConsumer(const Options& options, Unit* unit)
      : options_(options), selector_(options), unit_(unit) {}

  void HandleTranslationUnit(clang::ASTContext& context) override {
    unit_->unmatched = UnmatchedGlobs(options_.namespaces, context);
  }

 private:
  void HandleFunction(clang::FunctionDecl* function) override {
    Verdict verdict = selector_.Judge(*function);
    if (!verdict.is_told) return;
    clang::SourceManager& sources = function->getASTContext().getSourceManager();
    // Where a remark would point to.
    clang::PresumedLoc place =
        sources.getPresumedLoc(sources.getFileLoc(function->getLocation()));
    if (place.isInvalid()) return;
    llvm::SmallString<256> file(place.getFilename());
    sources.getFileManager().makeAbsolutePath(file);
    llvm::sys::path::remove_dots(file, /*remove_dot_dot=*/true);
    unit_->functions.push_back({std::string(file), place.getLine(), place.getColumn(),
                                QualifiedName(*function), verdict.reason});
  }

  const Options& options_;
  const FunctionSelector selector_;
  Unit* unit_;
};

class SelectAction : public clang::ASTFrontendAction {
 public:
  SelectAction(const Options& options, Unit* unit) : options_(options), unit_(unit) {}

  std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance& compiler,
                                                        llvm::StringRef) override {
    if (!compiler.getLangOpts().CPlusPlus) return std::make_unique<clang::ASTConsumer>();
    return std::make_unique<SelectConsumer>(options_, unit_);
  }

 private:
  const Options& options_;
  Unit* unit_;
};

class SelectActionFactory : public clang::tooling::FrontendActionFactory {
 public:
  SelectActionFactory(const Options& options, Unit* unit) : options_(options), unit_(unit) {}

  std::unique_ptr<clang::FrontendAction> create() override {
    return std::make_unique<SelectAction>(options_, unit_);
  }

 private:
  const Options& options_;
  Unit* unit_;
};

}  // namespace

Unit ParseUnit(const clang::tooling::CompilationDatabase& commands, const std::string& file,
               const std::string& include_dir, const Options& options) {
  Unit unit;
  llvm::raw_string_ostream text(unit.diagnostics);
  llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions> style(new clang::DiagnosticOptions);
  clang::TextDiagnosticPrinter printer(text, style.get());
  // A file system of its own: commands have working directories, a process has only one.
  clang::tooling::ClangTool tool(commands, {file},
                                 std::make_shared<clang::PCHContainerOperations>(),
                                 llvm::vfs::createPhysicalFileSystem());
  tool.clearArgumentsAdjusters();
  tool.appendArgumentsAdjuster([&](const auto& command, llvm::StringRef source) {
    return MakeParseCommand(command, source, include_dir);
  });
  tool.setDiagnosticConsumer(&printer);
  tool.setPrintErrorMessage(false);
  SelectActionFactory factory(options, &unit);
  unit.is_parsed = tool.run(&factory) == 0;
  return unit;
}

}  // namespace omnitrace::tools
