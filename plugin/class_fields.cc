#include "plugin/class_fields.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecordLayout.h"
#include "plugin/declarations.h"

namespace omnitrace {
namespace {

std::optional<FieldPlace> FindField(const clang::CXXRecordDecl& record, llvm::StringRef name,
                                    const clang::ASTContext& context);

// The field itself, or one of an anonymous struct or union.
std::optional<FieldPlace> FindInField(const clang::FieldDecl& field, llvm::StringRef name,
                                      const clang::ASTContext& context) {
  if (field.getName() == name) return FieldPlace{0, 0, field.getType(), field.isBitField()};
  const clang::CXXRecordDecl* unnamed = field.getType()->getAsCXXRecordDecl();
  if (!field.getName().empty() || !unnamed) return std::nullopt;
  return FindField(*unnamed, name, context);
}

std::optional<FieldPlace> FindField(const clang::CXXRecordDecl& record, llvm::StringRef name,
                                    const clang::ASTContext& context) {
  if (!record.isCompleteDefinition() || record.isDependentType()) return std::nullopt;
  const clang::ASTRecordLayout& layout = context.getASTRecordLayout(&record);
  for (const clang::FieldDecl* field : record.fields()) {
    std::optional<FieldPlace> found = FindInField(*field, name, context);
    if (!found) continue;
    uint64_t bit = layout.getFieldOffset(field->getFieldIndex());
    found->offset += static_cast<int64_t>(bit / 8);
    found->bit += bit % 8;
    return found;
  }
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    if (!base_class || base.isVirtual()) continue;
    if (std::optional<FieldPlace> found = FindField(*base_class, name, context)) {
      found->offset += layout.getBaseClassOffset(base_class).getQuantity();
      return found;
    }
  }
  return std::nullopt;
}

const clang::TemplateArgument* Argument(const clang::CXXRecordDecl& record, unsigned index) {
  const auto* special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  if (!special || index >= special->getTemplateArgs().size()) return nullptr;
  return &special->getTemplateArgs()[index];
}

std::optional<int64_t> Integer(const clang::TemplateArgument& argument) {
  if (argument.getKind() != clang::TemplateArgument::Integral) return std::nullopt;
  const llvm::APSInt& number = argument.getAsIntegral();
  return number.isSigned() ? number.getSExtValue() : static_cast<int64_t>(number.getZExtValue());
}

// Whether a class is a template's of a number and a type.
bool IsMadeOf(const clang::CXXRecordDecl& record, int64_t number, clang::QualType type,
              const clang::ASTContext& context) {
  const auto* special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  if (!special) return false;
  bool has_number = false, has_type = false;
  for (const clang::TemplateArgument& argument : special->getTemplateArgs().asArray()) {
    // A flag is no number.
    bool flag = argument.getKind() == clang::TemplateArgument::Integral &&
                argument.getIntegralType()->isBooleanType();
    has_number |= !flag && Integer(argument) == number;
    has_type |= argument.getKind() == clang::TemplateArgument::Type &&
                context.hasSameType(argument.getAsType(), type);
  }
  return has_number && has_type;
}

std::optional<FieldPlace> FindPart(const clang::CXXRecordDecl& record, int64_t index,
                                   clang::QualType type, const clang::ASTContext& context) {
  if (!record.isCompleteDefinition()) return std::nullopt;
  const clang::ASTRecordLayout& layout = context.getASTRecordLayout(&record);
  if (IsMadeOf(record, index, type, context)) {
    const clang::FieldDecl* field = record.field_empty() ? nullptr : *record.field_begin();
    bool only = field && std::next(record.field_begin()) == record.field_end() &&
                record.getNumBases() == 0 && context.hasSameType(field->getType(), type);
    return only ? std::optional(FieldPlace{0, 0, type, false}) : std::nullopt;
  }
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    if (!base_class || base.isVirtual()) continue;
    if (std::optional<FieldPlace> found = FindPart(*base_class, index, type, context)) {
      found->offset += layout.getBaseClassOffset(base_class).getQuantity();
      return found;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<FieldPlace> FindTuplePart(const clang::CXXRecordDecl& tuple, int64_t index,
                                        const clang::ASTContext& context) {
  const clang::TemplateArgument* types = Argument(tuple, 0);
  bool fits = types && types->getKind() == clang::TemplateArgument::Pack && index >= 0 &&
              static_cast<uint64_t>(index) < types->pack_size();
  if (!fits) return std::nullopt;
  const clang::TemplateArgument& type = types->pack_begin()[index];
  if (type.getKind() != clang::TemplateArgument::Type) return std::nullopt;
  return FindPart(tuple, index, type.getAsType(), context);
}

std::optional<FieldPlace> FindPath(const clang::CXXRecordDecl& record, llvm::StringRef path,
                                   const clang::ASTContext& context) {
  FieldPlace place{0, 0, context.getRecordType(&record), false};
  while (!path.empty()) {
    auto [name, behind] = path.split('.');
    const clang::CXXRecordDecl* owner = place.type->getAsCXXRecordDecl();
    std::optional<FieldPlace> step = owner ? FindField(*owner, name, context) : std::nullopt;
    if (!step) return std::nullopt;
    place = {place.offset + step->offset, step->bit, step->type, step->bit_field};
    path = behind;
  }
  return place;
}

clang::QualType FindType(const clang::CXXRecordDecl& record, llvm::StringRef name,
                         const clang::ASTContext& context) {
  for (const clang::NamedDecl* found : record.lookup(&context.Idents.get(name))) {
    const auto* type = llvm::dyn_cast<clang::TypedefNameDecl>(found);
    if (type && !type->getUnderlyingType()->isDependentType()) return type->getUnderlyingType();
  }
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    if (!base_class || !base_class->isCompleteDefinition()) continue;
    clang::QualType type = FindType(*base_class, name, context);
    if (!type.isNull()) return type;
  }
  return clang::QualType();
}

clang::QualType TypeArgument(const clang::CXXRecordDecl& record, unsigned index) {
  const clang::TemplateArgument* argument = Argument(record, index);
  if (!argument || argument->getKind() != clang::TemplateArgument::Type) return clang::QualType();
  clang::QualType type = argument->getAsType();
  return type->isIncompleteType() && !type->isVoidType() ? clang::QualType() : type;
}

std::optional<int64_t> NumberArgument(const clang::CXXRecordDecl& record, unsigned index) {
  const clang::TemplateArgument* argument = Argument(record, index);
  return argument ? Integer(*argument) : std::nullopt;
}

std::optional<int64_t> ParameterValue(const clang::CXXRecordDecl& record,
                                      const clang::NonTypeTemplateParmDecl& parameter) {
  const auto* special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  bool direct = special && parameter.getDepth() == 0 &&
                !special->getSpecializedTemplate()->getInstantiatedFromMemberTemplate();
  if (!direct) return std::nullopt;
  // A partial specialization counts its own parameters.
  const clang::TemplateArgumentList& arguments = special->getTemplateInstantiationArgs();
  if (parameter.getIndex() >= arguments.size()) return std::nullopt;
  return Integer(arguments[parameter.getIndex()]);
}

std::optional<int64_t> FindEnumerator(const clang::CXXRecordDecl& record, llvm::StringRef name,
                                      const clang::ASTContext& context) {
  const auto* enumerator = FindDeclaration<clang::EnumConstantDecl>(record, name, context);
  if (enumerator) return enumerator->getInitVal().getExtValue();
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    if (!base_class || !base_class->isCompleteDefinition()) continue;
    if (std::optional<int64_t> value = FindEnumerator(*base_class, name, context)) return value;
  }
  return std::nullopt;
}

std::string PlainClassName(const clang::CXXRecordDecl& record) {
  std::string name = record.getName().str();
  for (const clang::DeclContext* outer = record.getDeclContext();
       outer && !outer->isTranslationUnit(); outer = outer->getParent()) {
    const auto* scope = llvm::dyn_cast<clang::NamedDecl>(outer);
    if (!scope || outer->isInlineNamespace()) continue;
    name = scope->getName().str() + "::" + name;
  }
  return name;
}

}  // namespace omnitrace
