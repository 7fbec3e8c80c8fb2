#include "plugin/lowering.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Frontend/CompilerInstance.h"
#include "llvm/IR/InstIterator.h"
#include "plugin/coroutine_hooks.h"
#include "plugin/description_emitter.h"
#include "plugin/dynamic_classes.h"
#include "plugin/function_hooks.h"
#include "plugin/lifetime.h"
#include "plugin/marked_functions.h"
#include "plugin/probed_types.h"
#include "plugin/site_describer.h"
#include "plugin/structor_variants.h"
#include "plugin/two_versions.h"

namespace omnitrace {
namespace {

// A function that longjmp lands in keeps its frame to itself: of two inlined calls in one frame the
// runtime could not tell that the first one is gone when the second one comes.
void KeepFrameApart(llvm::Function* lands) {
  for (llvm::Instruction& instruction : llvm::instructions(lands)) {
    auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    llvm::Function* callee = call ? call->getCalledFunction() : nullptr;
    if (!callee || callee->isIntrinsic()) continue;
    if (!callee->hasFnAttribute(llvm::Attribute::AlwaysInline)) call->setIsNoInline();
  }
}

// Beside its hooks a call costs nothing, and every inlined copy has hooks of its own. At 5 the code
// of json_tool with all of nlohmann grows by 0.74 of the plain one instead of 0.96 and takes no more
// time, recording or off; beyond that hardly anything changes. What has to be inlined still is.
void MakeCostlyToInline(llvm::Function* function) {
  function->addFnAttr("function-inline-cost-multiplier", "5");
}

// The hooks' way through one module.
class Lowering {
 public:
  Lowering(clang::CompilerInstance* compiler, const Options& options, const LocalSymbols& locals,
           llvm::Module* module)
      : options_(options),
        module_(module),
        types_(compiler->getASTContext(), locals),
        sites_(&types_),
        arguments_(*compiler, module->getContext()),
        emitter_(module) {}

  // `keeps`: see Lifetime, which must have looked before there were any hooks.
  void Lower(const MarkedFunction& marked, bool keeps) {
    FunctionPassing passing = arguments_.Compute(*marked.declaration, *marked.ir);
    SiteDescription description =
        sites_.Describe(*marked.declaration, passing, module_->getDataLayout());
    if (keeps) description.flags |= kFunctionKeeps;
    // The argument block may be in the frame, which may be gone when the first activation ends.
    if (marked.ir->isPresplitCoroutine()) description.MakeImmutable();
    llvm::Function* body = marked.ir;
    llvm::GlobalVariable* enabled = nullptr;
    // Of main there is one version: debuggers end their backtraces at it by its name.
    if (options_.standby && !marked.declaration->isMain() && CanBeSplit(*marked.ir)) {
      enabled = emitter_.EmitSwitch(*marked.ir);
      body = SplitIntoTwoVersions(marked.ir, enabled);
    }
    llvm::GlobalVariable* site = emitter_.EmitSite(description, *marked.ir, enabled);
    if (!enabled) MakeCostlyToInline(body);
    if (!body->isPresplitCoroutine()) return HookFunction(body, description, site);
    auto activation = [&](const char* what, const char* part) {
      const TypeDescription* frame = types_.Describe(types_.context().VoidPtrTy);
      SiteDescription described = DescribeActivation(description, what, frame);
      return emitter_.EmitSite(described, *marked.ir, enabled, part);
    };
    llvm::GlobalVariable* resumed = activation("(resumed)", ".resumed");
    llvm::GlobalVariable* destroyed = activation("(destroyed)", ".destroyed");
    HookCoroutine(body, description, {site, resumed, destroyed});
  }

  void Lower(const DynamicClassMark& mark) {
    emitter_.EmitClass(mark.variable, types_.DescribeClass(*mark.record));
  }

  void Lower(const ProbedType& probed) {
    emitter_.EmitProbedType(probed.variable, types_.Describe(probed.type));
  }

  void Finish() {
    emitter_.EmitLoader(options_.standby);
    for (llvm::Function& function : *module_) {
      if (function.callsFunctionThatReturnsTwice()) KeepFrameApart(&function);
    }
  }

 private:
  const Options& options_;
  llvm::Module* module_;
  TypeDescriber types_;
  SiteDescriber sites_;
  ArgumentLayout arguments_;
  DescriptionEmitter emitter_;
};

}  // namespace

llvm::PreservedAnalyses LoweringPass::run(llvm::Module& module, llvm::ModuleAnalysisManager&) {
  return Lower(module) ? llvm::PreservedAnalyses::none() : llvm::PreservedAnalyses::all();
}

bool LoweringPass::Lower(llvm::Module& module) {
  MarkedFunctions functions = TakeMarkedFunctions(&module, *marker_);
  const std::vector<MarkedFunction>& marked = functions.traced;
  std::vector<ProbedType> probed = FindProbedTypes(&compiler_->getASTContext(), module);
  if (marked.empty() && probed.empty()) return false;
  for (const MarkedFunction& function : marked)
    AbsorbBaseDestructor(function.ir, *function.declaration);
  std::vector<DynamicClassMark> classes = FindDynamicClasses(&compiler_->getASTContext(), module);
  Lowering lowering(compiler_, *options_, functions.others, &module);
  Lifetime lifetime;
  std::vector<bool> keeps;
  for (const MarkedFunction& function : marked) keeps.push_back(lifetime.Keeps(*function.ir));
  for (size_t i = 0; i < marked.size(); ++i) lowering.Lower(marked[i], keeps[i]);
  for (const DynamicClassMark& mark : classes) lowering.Lower(mark);
  for (const ProbedType& type : probed) lowering.Lower(type);
  lowering.Finish();
  return true;
}

}  // namespace omnitrace
