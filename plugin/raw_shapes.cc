#include "plugin/raw_shapes.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/VTableBuilder.h"
#include "plugin/function_name.h"

namespace omnitrace {
namespace {

void SetMeaning(RawMeaning meaning, uint32_t width, TypeDescription* description) {
  description->kind = TypeKind::kRaw;
  description->shape[0] = static_cast<int32_t>(static_cast<uint32_t>(meaning) | width << 8);
}

void AddMember(std::string name, int64_t offset, TypeDescription* description) {
  MemberDescription member;
  member.name = std::move(name);
  member.offset = offset;
  description->members.push_back(std::move(member));
}

// The fields that such a pointer may point to; those of bases have had their pointers converted.
void AddFields(const clang::CXXRecordDecl& record, clang::QualType type, int64_t offset,
               const clang::ASTContext& context, TypeDescription* description) {
  const clang::ASTRecordLayout& layout = context.getASTRecordLayout(&record);
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    if (!base_class || base.isVirtual()) continue;
    int64_t base_offset = layout.getBaseClassOffset(base_class).getQuantity();
    AddFields(*base_class, type, offset + base_offset, context, description);
  }
  for (const clang::FieldDecl* field : record.fields()) {
    bool fits = !field->isBitField() && context.hasSameUnqualifiedType(field->getType(), type);
    int64_t bits = static_cast<int64_t>(layout.getFieldOffset(field->getFieldIndex()));
    if (fits) AddMember(QualifiedName(*field), offset + bits / 8, description);
  }
}

// The virtual functions, by the offset of their entry in the virtual table.
void AddVirtualFunctions(const clang::CXXRecordDecl& record, const clang::ASTContext& context,
                         TypeDescription* description) {
  auto* tables = llvm::cast<clang::ItaniumVTableContext>(
      const_cast<clang::ASTContext&>(context).getVTableContext());
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    if (base_class) AddVirtualFunctions(*base_class, context, description);
  }
  for (const clang::CXXMethodDecl* method : record.methods()) {
    if (!method->isVirtual() || llvm::isa<clang::CXXDestructorDecl>(method)) continue;
    uint64_t entry = tables->getMethodVTableIndex(method->getCanonicalDecl());
    AddMember(QualifiedName(*method), static_cast<int64_t>(entry * sizeof(void*)), description);
  }
}

}  // namespace

void FillBitInteger(const clang::BitIntType& type, TypeDescription* description) {
  SetMeaning(type.isSigned() ? RawMeaning::kSigned : RawMeaning::kUnsigned, type.getNumBits(),
             description);
  if (description->size > kMaxPlainSize) description->kind = TypeKind::kOpaque;
}

void FillMemberPointer(const clang::MemberPointerType& type, const clang::ASTContext& context,
                       TypeDescription* description) {
  const clang::CXXRecordDecl* record = type.getMostRecentCXXRecordDecl();
  bool known = record && (record = record->getDefinition()) != nullptr;
  if (type.isMemberFunctionPointer()) {
    SetMeaning(RawMeaning::kMemberFunction, 0, description);
    if (known && record->isDynamicClass()) AddVirtualFunctions(*record, context, description);
  } else {
    SetMeaning(RawMeaning::kMember, 0, description);
    if (known) AddFields(*record, type.getPointeeType(), 0, context, description);
  }
}

}  // namespace omnitrace
