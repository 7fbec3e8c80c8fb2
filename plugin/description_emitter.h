// Writes descriptions into the module as constants with the layout of
// runtime/workspace/description.h.
//
// Each type and each function gets a global of its own, referenced only by the code that records
// it, so that --gc-sections drops both together. A type's symbol is a hash of everything that
// can be reached from it: equal descriptions of many units become one, different ones (complete
// here, incomplete there) never meet.
#ifndef OMNITRACE_PLUGIN_DESCRIPTION_EMITTER_H_
#define OMNITRACE_PLUGIN_DESCRIPTION_EMITTER_H_

#include <map>
#include <string>

#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Module.h"
#include "plugin/site_describer.h"

namespace omnitrace {

class DescriptionEmitter {
 public:
  explicit DescriptionEmitter(llvm::Module* module);

  // `enabled` is the switch byte, or null. The site shares the fate of `function` when linked.
  // `part` makes the symbols of several sites of one function differ.
  llvm::GlobalVariable* EmitSite(const SiteDescription& site, const llvm::Function& function,
                                 llvm::GlobalVariable* enabled, const char* part = "");

  // A byte in section omni_switch, 0 at first.
  llvm::GlobalVariable* EmitSwitch(const llvm::Function& function);

  // Says that objects with this virtual table, or exceptions with this type information, are of
  // `type`. Shares the fate of the mark.
  void EmitClass(llvm::GlobalVariable* mark, const TypeDescription* type);

  // Makes the variable, which the probes of a unit look at, point to the description.
  void EmitProbedType(llvm::GlobalVariable* variable, const TypeDescription* type);

  // The constructor and destructor that hand the object's sites to the runtime. `standby` is
  // -fomni-start.
  void EmitLoader(bool standby);

 private:
  llvm::GlobalVariable* EmitType(const TypeDescription* type);
  llvm::Constant* Offset(const MemberDescription& member);
  llvm::Constant* EmitMembers(const TypeDescription& type);
  llvm::Constant* EmitParameters(const SiteDescription& site);
  llvm::Constant* String(const std::string& text);
  llvm::Constant* TypePointer(const TypeDescription* type);
  llvm::Constant* Int(unsigned bits, uint64_t value);
  llvm::GlobalVariable* PrivateArray(llvm::StructType* type,
                                     const std::vector<llvm::Constant*>& rows, const char* name);
  // A global that the linker merges by name, or one of this unit for a function of this unit.
  llvm::GlobalVariable* Named(llvm::Type* type, const std::string& name, bool local);
  llvm::Constant* RecordMark(bool standby);
  void FrameSwitches(llvm::Comdat* loader);
  // Hands the hook the object's sites; that for loading, which has a `mark`, also says whether to
  // record.
  llvm::Function* EmitHookCaller(const char* name, const char* hook, llvm::Constant* mark);

  llvm::Module* module_;
  llvm::PointerType* pointer_;
  llvm::StructType *type_struct_, *member_struct_, *parameter_struct_, *site_struct_,
      *class_struct_;
  bool has_site_ = false;  // not where there are only probes
  std::map<const TypeDescription*, llvm::GlobalVariable*> types_;
  std::map<std::string, llvm::Constant*> strings_;
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_DESCRIPTION_EMITTER_H_
