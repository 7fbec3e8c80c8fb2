#include "plugin/description_emitter.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Support/MD5.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"
#include "plugin/array_entry.h"
#include "plugin/runtime_names.h"
#include "runtime/workspace/description.h"
#include "runtime/workspace/signature.h"

namespace omnitrace {
namespace {

// Everything that can be reached from a type, in order of discovery, as text.
class Fingerprint {
 public:
  static std::string Of(const TypeDescription& root, const llvm::Module& module) {
    Fingerprint fingerprint(module);
    fingerprint.Number(&root);
    for (size_t i = 0; i < fingerprint.order_.size(); ++i)
      fingerprint.Print(*fingerprint.order_[i]);
    llvm::MD5 hash;
    hash.update(fingerprint.text_);
    llvm::MD5::MD5Result result;
    hash.final(result);
    return std::string(result.digest());
  }

 private:
  explicit Fingerprint(const llvm::Module& module) : module_(module) {}

  size_t Number(const TypeDescription* type) {
    auto [entry, inserted] = numbers_.try_emplace(type, order_.size() + 1);
    if (inserted) order_.push_back(type);
    return entry->second;
  }
  void Print(const TypeDescription& type) {
    out_ << static_cast<int>(type.kind) << ' ' << static_cast<int>(type.flags) << ' ' << type.size
         << ' ' << type.name << '\0' << (type.element ? Number(type.element) : 0);
    for (int32_t word : type.shape) out_ << ' ' << word;
    for (const MemberDescription& member : type.members) {
      out_ << member.name << '\0' << (member.type ? Number(member.type) : 0) << ' ' << member.offset
           << ' ' << member.bits << ' ' << member.flags << ' ' << member.symbol << ' ';
      // Another unit's function of that name is another one.
      const llvm::Function* function = module_.getFunction(member.symbol);
      if (function && function->hasLocalLinkage()) out_ << module_.getModuleIdentifier() << ' ';
    }
  }

  const llvm::Module& module_;

  std::map<const TypeDescription*, size_t> numbers_;
  std::vector<const TypeDescription*> order_;
  std::string text_;
  llvm::raw_string_ostream out_{text_};
};

constexpr uint64_t kPage = 4096;

// Whether the runtime makes the signature out of the rest of the description.
bool SaysSignature(const SiteDescription& site) {
  std::string text;
  auto put = [&text](std::string_view piece) { text += piece; };
  const ParameterDescription* first = site.parameters.data();
  PutSignature(site.flags, site.result ? site.result->name : "void", {site.scope, site.name}, first,
               first + site.parameters.size(), put);
  return text == site.signature;
}

// A lambda's symbol may have a $, at which GNU as stumbles where it names the linked section.
std::string SymbolSuffix(const llvm::Function& function) {
  std::string suffix = function.getName().str();
  if (function.hasLocalLinkage()) std::replace(suffix.begin(), suffix.end(), '$', '.');
  return suffix;
}

}  // namespace

DescriptionEmitter::DescriptionEmitter(llvm::Module* module) : module_(module) {
  llvm::LLVMContext& context = module->getContext();
  pointer_ = llvm::PointerType::get(context, 0);
  auto* i8 = llvm::Type::getInt8Ty(context);
  auto* i16 = llvm::Type::getInt16Ty(context);
  auto* i32 = llvm::Type::getInt32Ty(context);
  auto* i64 = llvm::Type::getInt64Ty(context);
  member_struct_ = llvm::StructType::get(context, {pointer_, pointer_, i64, i32, i32});
  type_struct_ =
      llvm::StructType::get(context, {i64, i8, i8, i16, i32, pointer_, pointer_, pointer_, i32,
                                      llvm::ArrayType::get(i32, kShapeWords), i32});
  parameter_struct_ = llvm::StructType::get(context, {pointer_, pointer_, i32, i32});
  site_struct_ =
      llvm::StructType::get(context, {i64, i64, i64, pointer_, pointer_, pointer_, pointer_,
                                      pointer_, i32, i32, i32, i32, pointer_, pointer_, i64});
  class_struct_ = llvm::StructType::get(context, {pointer_, i64, pointer_});
  const llvm::DataLayout& layout = module->getDataLayout();
  assert(layout.getTypeAllocSize(type_struct_) == sizeof(Type));
  assert(layout.getTypeAllocSize(site_struct_) == sizeof(Site));
  (void)layout;
}

llvm::Constant* DescriptionEmitter::Int(unsigned bits, uint64_t value) {
  return llvm::ConstantInt::get(llvm::IntegerType::get(module_->getContext(), bits), value);
}

llvm::Constant* DescriptionEmitter::String(const std::string& text) {
  llvm::Constant*& known = strings_[text];
  if (known) return known;
  llvm::Constant* bytes = llvm::ConstantDataArray::getString(module_->getContext(), text);
  auto* variable = new llvm::GlobalVariable(*module_, bytes->getType(), true,
                                            llvm::GlobalValue::PrivateLinkage, bytes, ".omni.str");
  variable->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  variable->setAlignment(llvm::Align(1));
  ExemptFromSanitizers(variable);
  return known = variable;
}

llvm::GlobalVariable* DescriptionEmitter::Named(llvm::Type* type, const std::string& name,
                                                bool local) {
  return NewGlobal(module_, type, name, local);
}

llvm::GlobalVariable* DescriptionEmitter::PrivateArray(llvm::StructType* type,
                                                       const std::vector<llvm::Constant*>& rows,
                                                       const char* name) {
  llvm::Constant* array = llvm::ConstantArray::get(llvm::ArrayType::get(type, rows.size()), rows);
  auto* variable = new llvm::GlobalVariable(*module_, array->getType(), true,
                                            llvm::GlobalValue::PrivateLinkage, array, name);
  ExemptFromSanitizers(variable);
  return variable;
}

llvm::Constant* DescriptionEmitter::TypePointer(const TypeDescription* type) {
  if (!type) return llvm::ConstantPointerNull::get(pointer_);
  return EmitType(type);
}

llvm::Constant* DescriptionEmitter::Offset(const MemberDescription& member) {
  llvm::Function* function = member.symbol.empty() ? nullptr : module_->getFunction(member.symbol);
  if (!function) return Int(64, static_cast<uint64_t>(member.offset));
  return llvm::ConstantExpr::getPtrToInt(function, llvm::Type::getInt64Ty(module_->getContext()));
}

llvm::Constant* DescriptionEmitter::EmitMembers(const TypeDescription& type) {
  if (type.members.empty()) return llvm::ConstantPointerNull::get(pointer_);
  std::vector<llvm::Constant*> rows;
  for (const MemberDescription& member : type.members)
    rows.push_back(llvm::ConstantStruct::get(
        member_struct_, {String(member.name), TypePointer(member.type), Offset(member),
                         Int(32, member.bits), Int(32, member.flags)}));
  return PrivateArray(member_struct_, rows, ".omni.members");
}

llvm::GlobalVariable* DescriptionEmitter::EmitType(const TypeDescription* type) {
  auto [entry, inserted] = types_.try_emplace(type, nullptr);
  if (!inserted) return entry->second;
  std::string name = kTypePrefix + Fingerprint::Of(*type, *module_);
  if (llvm::GlobalVariable* same = module_->getGlobalVariable(name, true))
    return entry->second = same;
  llvm::GlobalVariable* variable = Named(type_struct_, name, false);
  // Known before its members are emitted: they may lead back here.
  entry->second = variable;
  std::vector<llvm::Constant*> words;
  for (int32_t word : type->shape) words.push_back(Int(32, static_cast<uint32_t>(word)));
  llvm::Constant* shape = llvm::ConstantArray::get(
      llvm::ArrayType::get(llvm::Type::getInt32Ty(module_->getContext()), kShapeWords), words);
  variable->setInitializer(llvm::ConstantStruct::get(
      type_struct_,
      {Int(64, 0), Int(8, static_cast<uint8_t>(type->kind)), Int(8, type->flags), Int(16, 0),
       Int(32, type->size), String(type->name), TypePointer(type->element), EmitMembers(*type),
       Int(32, type->members.size()), shape, Int(32, 0)}));
  return variable;
}

llvm::Constant* DescriptionEmitter::EmitParameters(const SiteDescription& site) {
  if (site.parameters.empty()) return llvm::ConstantPointerNull::get(pointer_);
  std::vector<llvm::Constant*> rows;
  for (const ParameterDescription& parameter : site.parameters)
    rows.push_back(llvm::ConstantStruct::get(parameter_struct_,
                                             {String(parameter.name), TypePointer(parameter.type),
                                              Int(32, parameter.slot), Int(32, parameter.flags)}));
  return PrivateArray(parameter_struct_, rows, ".omni.parameters");
}

llvm::GlobalVariable* DescriptionEmitter::EmitSwitch(const llvm::Function& function) {
  llvm::GlobalVariable* enabled =
      Named(llvm::Type::getInt8Ty(module_->getContext()), kSwitchPrefix + SymbolSuffix(function),
            function.hasLocalLinkage());
  enabled->setSection(kSwitchSection);
  enabled->setAlignment(llvm::Align(1));
  return enabled;
}

llvm::GlobalVariable* DescriptionEmitter::EmitSite(const SiteDescription& site,
                                                   const llvm::Function& function,
                                                   llvm::GlobalVariable* enabled,
                                                   const char* part) {
  std::string suffix = SymbolSuffix(function) + part;
  bool local = function.hasLocalLinkage();
  llvm::GlobalVariable* variable = Named(site_struct_, kSitePrefix + suffix, local);
  llvm::Constant* null = llvm::ConstantPointerNull::get(pointer_);
  variable->setInitializer(llvm::ConstantStruct::get(
      site_struct_,
      {Int(64, 0), Int(64, 0), Int(64, 0), enabled ? enabled : null, String(site.scope),
       String(site.name), SaysSignature(site) ? null : String(site.signature), String(site.file),
       Int(32, site.line), Int(32, site.last_line), Int(32, site.flags),
       Int(32, site.parameters.size()), EmitParameters(site), TypePointer(site.result),
       Int(64, 0)}));

  has_site_ = true;
  llvm::GlobalVariable* entry = Named(pointer_, kEntryPrefix + suffix, local);
  entry->setInitializer(variable);
  AddToArray(entry, kSitesSection, variable);
  return variable;
}

void DescriptionEmitter::EmitClass(llvm::GlobalVariable* mark, const TypeDescription* type) {
  uint64_t size = module_->getDataLayout().getTypeAllocSize(mark->getValueType());
  bool local = !mark->getComdat();
  llvm::GlobalVariable* entry = Named(class_struct_, kClassPrefix + mark->getName().str(), local);
  entry->setInitializer(
      llvm::ConstantStruct::get(class_struct_, {mark, Int(64, size), TypePointer(type)}));
  AddToArray(entry, kClassesSection, mark);
}

void DescriptionEmitter::EmitProbedType(llvm::GlobalVariable* variable,
                                        const TypeDescription* type) {
  variable->setInitializer(TypePointer(type));
}

// Defined by units that start recording, and weakly referenced by those that start in standby: the
// linker keeps one loader for all of them, and an object records when any of its units says so.
llvm::Constant* DescriptionEmitter::RecordMark(bool standby) {
  llvm::Type* i8 = llvm::Type::getInt8Ty(module_->getContext());
  if (!standby) {
    llvm::GlobalVariable* mark = Named(i8, kRecordMark, false);
    mark->setLinkage(llvm::GlobalValue::WeakODRLinkage);  // stays, though nobody refers to it here
    return mark;
  }
  // Not hidden: gold would make the address of what isn't there the program's own.
  return new llvm::GlobalVariable(*module_, i8, false, llvm::GlobalValue::ExternalWeakLinkage,
                                  nullptr, kRecordMark);
}

llvm::Function* DescriptionEmitter::EmitHookCaller(const char* name, const char* hook,
                                                   llvm::Constant* mark) {
  llvm::LLVMContext& context = module_->getContext();
  auto* void_type = llvm::Type::getVoidTy(context);
  auto* i32 = llvm::Type::getInt32Ty(context);
  auto* caller = llvm::Function::Create(llvm::FunctionType::get(void_type, false),
                                        llvm::GlobalValue::LinkOnceODRLinkage, name, module_);
  caller->setVisibility(llvm::GlobalValue::HiddenVisibility);
  caller->setComdat(module_->getOrInsertComdat(name));
  caller->addFnAttr(llvm::Attribute::NoUnwind);
  auto boundary = [&](const char* symbol) -> llvm::Constant* {
    llvm::Constant* found = module_->getOrInsertGlobal(symbol, pointer_);
    auto* variable = llvm::cast<llvm::GlobalVariable>(found);
    variable->setVisibility(llvm::GlobalValue::HiddenVisibility);
    // Weak: when the linker has dropped every site there is no such section.
    variable->setLinkage(llvm::GlobalValue::ExternalWeakLinkage);
    return variable;
  };
  std::vector<llvm::Value*> args = {boundary(kSitesStart), boundary(kSitesStop)};
  std::vector<llvm::Type*> types = {pointer_, pointer_};
  if (mark) {
    args.insert(args.begin(), Int(32, kAbiVersion));
    types = {i32, pointer_, pointer_, i32};
    types.resize(types.size() + 7, pointer_);
  }
  llvm::FunctionCallee callee =
      module_->getOrInsertFunction(hook, llvm::FunctionType::get(void_type, types, false));
  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(context, "entry", caller));
  if (mark) {
    args.push_back(builder.CreateZExt(builder.CreateIsNull(mark), i32));
    args.insert(args.end(),
                {boundary(kClassesStart), boundary(kClassesStop), boundary(kInlinedStart),
                 boundary(kInlinedStop), boundary(kSwitchStart), boundary(kSwitchStop),
                 boundary(kSwitchEndStart)});
  }
  builder.CreateCall(callee, args);
  builder.CreateRetVoid();
  return caller;
}

// Pages of their own for the switches, which the runtime maps to a file. One aligned member aligns
// the section. Another section keeps what follows off its last page; padding inside of the section
// doesn't, as linkers put its members where they like. bfd, lld and gold put sections of the same
// flags, which no script names, behind each other in the order in which they meet them: so these
// two come first in every unit.
void DescriptionEmitter::FrameSwitches(llvm::Comdat* loader) {
  llvm::Type* i8 = llvm::Type::getInt8Ty(module_->getContext());
  auto emit = [&](llvm::Type* type, const char* name, const char* section) {
    llvm::GlobalVariable* variable = Named(type, name, false);
    variable->setSection(section);
    variable->setAlignment(llvm::Align(kPage));
    variable->setComdat(loader);
    llvm::appendToCompilerUsed(*module_, {variable});
    variable->removeFromParent();
    module_->insertGlobalVariable(module_->global_begin(), variable);
  };
  emit(llvm::ArrayType::get(i8, kPage), kBehindSwitches, kSwitchEndSection);
  emit(i8, kFirstSwitch, kSwitchSection);
}

void DescriptionEmitter::EmitLoader(bool standby) {
  // Before every constructor of the user's, and after every destructor: 1 is the implementation's.
  constexpr int kFirst = 1;
  llvm::Function* load = EmitHookCaller(kLoader, kLoadHook, RecordMark(standby));
  // Entries for nothing: bfd links no position-independent program whose section is not there.
  llvm::GlobalVariable* no_class = Named(class_struct_, kNoClass, false);
  no_class->setComdat(load->getComdat());
  AddToArray(no_class, kClassesSection, no_class);
  llvm::GlobalVariable* nothing =
      Named(llvm::Type::getInt32Ty(module_->getContext()), kNothingInlined, false);
  nothing->setComdat(load->getComdat());
  AddToArray(nothing, kInlinedSection, nothing);
  FrameSwitches(load->getComdat());
  if (!has_site_) {
    llvm::GlobalVariable* no_site = Named(pointer_, kNoSite, false);
    no_site->setComdat(load->getComdat());
    AddToArray(no_site, kSitesSection, no_site);
  }
  llvm::Function* unload = EmitHookCaller(kUnloader, kUnloadHook, nullptr);
  llvm::appendToGlobalCtors(*module_, load, kFirst, load);
  llvm::appendToGlobalDtors(*module_, unload, kFirst, unload);
}

}  // namespace omnitrace
