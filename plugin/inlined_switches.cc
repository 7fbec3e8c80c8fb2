#include "plugin/inlined_switches.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SCCIterator.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MD5.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"
#include "plugin/array_entry.h"
#include "plugin/runtime_names.h"
#include "plugin/switch_test.h"

namespace omnitrace {
namespace {

// By the outer switch: those of what it covers.
using Inlined = llvm::MapVector<llvm::GlobalVariable*, llvm::SetVector<llvm::GlobalVariable*>>;

// omnitrace::trace, which nobody could tell from its declaration in the user's unit.
constexpr char kTraceFunction[] = "_ZN9omnitrace5traceEPKc";

bool TurnsFunctionsOn(const llvm::Function& function) {
  return llvm::any_of(llvm::instructions(function), [](const llvm::Instruction& instruction) {
    const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    const llvm::Function* callee = call ? call->getCalledFunction() : nullptr;
    return callee && callee->getName() == kTraceFunction;
  });
}

// By strongly connected components, which are cycles that have two entries, too.
std::vector<SwitchTest> TestsOutsideOfCycles(llvm::Function* function) {
  std::vector<SwitchTest> tests;
  for (auto component = llvm::scc_begin(function); !component.isAtEnd(); ++component) {
    if (component.hasCycle()) continue;
    llvm::BasicBlock* block = component->front();
    std::optional<SwitchTest> test = FindSwitchTest(*block);
    if (test && block != &function->getEntryBlock()) tests.push_back(*test);
  }
  return tests;
}

// In the module, which lives through the pipeline: the switches' metadata is kept when they are
// replaced, and a pass of the plugin's keeps no state of its own.
void NotePair(llvm::Module* module, llvm::GlobalVariable* outer, llvm::GlobalVariable* inner) {
  if (outer == inner) return;
  llvm::MDNode* pair = llvm::MDNode::get(
      module->getContext(), {llvm::ValueAsMetadata::get(outer), llvm::ValueAsMetadata::get(inner)});
  module->getOrInsertNamedMetadata(kInlinedPairs)->addOperand(pair);
}

Inlined TakePairs(llvm::Module* module) {
  Inlined inlined;
  llvm::NamedMDNode* pairs = module->getNamedMetadata(kInlinedPairs);
  if (!pairs) return inlined;
  for (llvm::MDNode* pair : pairs->operands()) {
    auto* outer = llvm::mdconst::dyn_extract_or_null<llvm::GlobalVariable>(pair->getOperand(0));
    auto* inner = llvm::mdconst::dyn_extract_or_null<llvm::GlobalVariable>(pair->getOperand(1));
    if (outer && inner) inlined[outer].insert(inner);
  }
  pairs->eraseFromParent();
  return inlined;
}

// Of the names, which are long, and of which other units have the same for the same.
std::string EntryName(llvm::ArrayRef<llvm::GlobalVariable*> switches) {
  llvm::MD5 hash;
  for (llvm::GlobalVariable* one : switches) {
    hash.update(one->getName());
    hash.update(llvm::StringRef("", 1));
  }
  llvm::MD5::MD5Result result;
  hash.final(result);
  return kInlinedPrefix + std::string(result.digest());
}

// Offsets from themselves: half as large as addresses, and nothing for the loader to relocate.
void Fill(llvm::GlobalVariable* entry, llvm::ArrayRef<llvm::GlobalVariable*> switches) {
  llvm::LLVMContext& context = entry->getContext();
  auto* i32 = llvm::Type::getInt32Ty(context);
  auto* i64 = llvm::Type::getInt64Ty(context);
  std::vector<llvm::Constant*> words = {llvm::ConstantInt::get(i32, switches.size() - 1)};
  for (llvm::GlobalVariable* one : switches) {
    llvm::Constant* place = llvm::ConstantExpr::getInBoundsGetElementPtr(
        i32, entry, llvm::ConstantInt::get(i64, words.size()));
    llvm::Constant* offset = llvm::ConstantExpr::getSub(
        llvm::ConstantExpr::getPtrToInt(one, i64), llvm::ConstantExpr::getPtrToInt(place, i64));
    words.push_back(llvm::ConstantExpr::getTrunc(offset, i32));
  }
  auto* type = llvm::cast<llvm::ArrayType>(entry->getValueType());
  entry->setInitializer(llvm::ConstantArray::get(type, words));
  entry->setConstant(true);
}

// A group of its own for each outer switch and what this unit inlined, so that an object gets what
// all of its units inlined: the linker may take a switch from one and the function from another.
// Retained, for nothing else of a group leads here.
void EmitEntry(llvm::Module* module, llvm::GlobalVariable* outer,
               llvm::SmallVector<llvm::GlobalVariable*, 0> inner) {
  llvm::sort(inner, [](auto* one, auto* other) { return one->getName() < other->getName(); });
  llvm::SmallVector<llvm::GlobalVariable*> switches = {outer};
  switches.append(inner);
  auto is_local = [](llvm::GlobalVariable* one) { return one->hasLocalLinkage(); };
  auto* i32 = llvm::Type::getInt32Ty(module->getContext());
  auto* type = llvm::ArrayType::get(i32, switches.size() + 1);
  llvm::GlobalVariable* entry =
      NewGlobal(module, type, EntryName(switches), llvm::any_of(switches, is_local));
  Fill(entry, switches);
  if (is_local(outer)) {
    AddToArray(entry, kInlinedSection, outer);
  } else {
    entry->setSection(kInlinedSection);
    llvm::appendToUsed(*module, {entry});
  }
  entry->setAlignment(llvm::Align(4));
}

}  // namespace

bool CanCover(const llvm::Function& function) {
  llvm::GlobalVariable* own = OwnSwitch(function);
  std::optional<SwitchTest> first = FindSwitchTest(function.getEntryBlock());
  return own && first && first->enabled == own && !TurnsFunctionsOn(function);
}

void Cover(const SwitchTest& test) {
  llvm::Function* function = test.branch->getFunction();
  NotePair(function->getParent(), OwnSwitch(*function), test.enabled);
  RemoveTest(test);
}

llvm::PreservedAnalyses CoverInlinedPass::run(llvm::Function& function,
                                              llvm::FunctionAnalysisManager&) {
  if (!CanCover(function)) return llvm::PreservedAnalyses::all();
  std::vector<SwitchTest> tests = TestsOutsideOfCycles(&function);
  if (tests.empty()) return llvm::PreservedAnalyses::all();
  for (const SwitchTest& test : tests) Cover(test);
  llvm::removeUnreachableBlocks(function);
  return llvm::PreservedAnalyses::none();
}

llvm::PreservedAnalyses EmitInlinedPass::run(llvm::Module& module, llvm::ModuleAnalysisManager&) {
  Inlined inlined = TakePairs(&module);
  for (auto& [outer, inner] : inlined) EmitEntry(&module, outer, inner.takeVector());
  return inlined.empty() ? llvm::PreservedAnalyses::all() : llvm::PreservedAnalyses::none();
}

}  // namespace omnitrace
