#include "plugin/type_describer.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/VTableBuilder.h"
#include "plugin/adapters.h"
#include "plugin/function_name.h"
#include "plugin/library_shapes.h"
#include "plugin/raw_shapes.h"
#include "plugin/user_shapes.h"

namespace omnitrace {
namespace {

bool IsCompleteClass(const clang::RecordDecl& record) {
  return record.isCompleteDefinition() && !record.isInvalidDecl() && !record.isDependentType();
}

TypeKind IntegerKind(const clang::BuiltinType& type) {
  return type.isSignedInteger() ? TypeKind::kSigned : TypeKind::kUnsigned;
}

TypeKind BuiltinKind(const clang::BuiltinType& type) {
  using clang::BuiltinType;
  switch (type.getKind()) {
    case BuiltinType::Void:
      return TypeKind::kVoid;
    case BuiltinType::Bool:
      return TypeKind::kBool;
    case BuiltinType::Char_S:
    case BuiltinType::Char_U:
    case BuiltinType::WChar_S:
    case BuiltinType::WChar_U:
    case BuiltinType::Char8:
    case BuiltinType::Char16:
    case BuiltinType::Char32:
      return TypeKind::kChar;
    case BuiltinType::Half:
    case BuiltinType::Float16:
    case BuiltinType::BFloat16:
    case BuiltinType::Float128:
    case BuiltinType::Float:
    case BuiltinType::Double:
    case BuiltinType::LongDouble:
      return TypeKind::kFloat;
    case BuiltinType::NullPtr:
      return TypeKind::kNullPointer;
    default:
      return type.isInteger() ? IntegerKind(type) : TypeKind::kRaw;
  }
}

// The types whose encoding never looks behind a pointer; see "plain" in format.h.
bool IsFixedKind(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
    case TypeKind::kSigned:
    case TypeKind::kUnsigned:
    case TypeKind::kChar:
    case TypeKind::kFloat:
    case TypeKind::kEnum:
    case TypeKind::kNullPointer:
    case TypeKind::kFunctionPointer:
    case TypeKind::kRaw:
    case TypeKind::kComplex:
    case TypeKind::kDuration:
    case TypeKind::kTimePoint:
      return true;
    default:
      return false;
  }
}

// What leads to its elements by pointers.
bool IsTearable(TypeKind kind) {
  return kind == TypeKind::kSequence || kind == TypeKind::kList || kind == TypeKind::kTree ||
         kind == TypeKind::kDeque || kind == TypeKind::kHashTable;
}

// The captured variable's name for each field of a lambda.
std::string FieldName(const clang::FieldDecl& field) {
  const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(field.getParent());
  if (!record || !record->isLambda()) return field.getNameAsString();
  unsigned index = field.getFieldIndex();
  if (index >= record->capture_size()) return "";
  const clang::LambdaCapture& capture = record->captures_begin()[index];
  if (capture.capturesThis()) return "this";
  return capture.capturesVariable() ? capture.getCapturedVar()->getNameAsString() : "";
}

// Whether `wanted` makes a difference for a type.
TypeDescriber::Extent ExtentOf(clang::QualType type, TypeDescriber::Extent wanted) {
  using Extent = TypeDescriber::Extent;
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (!record || !IsCompleteClass(*record) || !record->isDynamicClass()) return Extent::kWhole;
  bool base = wanted == Extent::kBase && record->getNumVBases() > 0;
  bool referent = wanted == Extent::kReferent && !record->isEffectivelyFinal();
  return base || referent ? wanted : Extent::kWhole;
}

// Of which type an atomic object of the standard library's is; null when it is none.
clang::QualType AtomicValue(const clang::CXXRecordDecl& record, const clang::ASTContext& context) {
  if (!record.isInStdNamespace() || !record.getIdentifier()) return clang::QualType();
  if (record.getName() == "atomic_flag") return context.BoolTy;
  const auto* special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  if (!special || record.getName() != "atomic") return clang::QualType();
  clang::QualType value = special->getTemplateArgs()[0].getAsType();
  // Those that aren't, such as atomic<shared_ptr<T>>, are classes of their own.
  return value.isTriviallyCopyableType(context) ? value : clang::QualType();
}

}  // namespace

bool IsFixed(const TypeDescription& description) {
  if (description.kind == TypeKind::kPointer) return description.element == nullptr;
  return IsFixedKind(description.kind) || (description.flags & kTypePlain) != 0;
}

const TypeDescription* TypeDescriber::Get(clang::QualType type, Place place) {
  type = type.getCanonicalType().getUnqualifiedType();
  place.extent = ExtentOf(type, place.extent);
  Key key{type.getTypePtr(), place.outermost, place.hops, place.extent};
  auto [entry, inserted] = known_.try_emplace(key, nullptr);
  if (!inserted) return entry->second;
  descriptions_.emplace_back();
  TypeDescription* description = &descriptions_.back();
  // Known before it is filled: a class may refer to itself.
  entry->second = description;
  description->name = TypeName(type, context_);
  Fill(type, place, description);
  description->filled = true;
  return description;
}

TypeDescription* TypeDescriber::Make(std::string name, TypeKind kind, uint32_t size) {
  TypeDescription* description = &descriptions_.emplace_back();
  description->name = std::move(name);
  description->kind = kind;
  description->size = size;
  description->filled = true;
  return description;
}

void TypeDescriber::Fill(clang::QualType type, Place place, TypeDescription* description) {
  if (const auto* reference = type->getAs<clang::ReferenceType>()) {
    description->kind = TypeKind::kReference;
    description->size = 8;
    description->element = Get(reference->getPointeeType(), place.BehindReference());
    return;
  }
  if (type->isFunctionType()) {
    description->flags |= kTypeFunction;
    return;
  }
  if (type->isDependentType() || type->isIncompleteType()) {
    description->kind = type->isVoidType() ? TypeKind::kVoid : TypeKind::kOpaque;
    return;
  }
  description->kind = TypeKind::kRaw;
  description->size = static_cast<uint32_t>(context_.getTypeSizeInChars(type).getQuantity());
  if (place.extent == Extent::kReferent) {
    description->kind = TypeKind::kPolymorphic;
    description->element = Get(type, place.As(Extent::kWhole));
    return;
  }
  if (const auto* builtin = type->getAs<clang::BuiltinType>()) {
    FillBuiltin(*builtin, description);
  } else if (const auto* pointer = type->getAs<clang::PointerType>()) {
    FillPointer(pointer->getPointeeType(), place, description);
  } else if (const auto* enumeration = type->getAs<clang::EnumType>()) {
    FillEnum(*enumeration, description);
  } else if (const auto* array = context_.getAsConstantArrayType(type)) {
    FillArray(array->getElementType(), array->getLimitedSize(), place, description);
  } else if (const auto* vector = type->getAs<clang::VectorType>()) {
    FillVector(*vector, place, description);
  } else if (const auto* complex = type->getAs<clang::ComplexType>()) {
    FillComplex(*complex, place, description);
  } else if (const auto* atomic = type->getAs<clang::AtomicType>()) {
    FillAtomic(atomic->getValueType(), place, description);
  } else if (const auto* record = type->getAs<clang::RecordType>()) {
    FillRecord(*record->getDecl(), place, description);
  } else if (const auto* number = type->getAs<clang::BitIntType>()) {
    FillBitInteger(*number, description);
  } else if (const auto* member = type->getAs<clang::MemberPointerType>()) {
    FillMemberPointer(*member, context_, description);
  } else {
    description->kind = TypeKind::kOpaque;
  }
}

void TypeDescriber::FillBuiltin(const clang::BuiltinType& type, TypeDescription* description) {
  description->kind = BuiltinKind(type);
  if (description->kind == TypeKind::kVoid) description->size = 0;
}

void TypeDescriber::FillPointer(clang::QualType pointee, Place place,
                                TypeDescription* description) {
  if (pointee->isFunctionType()) {
    description->kind = TypeKind::kFunctionPointer;
    return;
  }
  description->kind = TypeKind::kPointer;
  if (!place.outermost || pointee->isVoidType() || pointee->isIncompleteType()) return;
  description->element = Get(pointee, place.BehindPointer());
  if (description->element->kind == TypeKind::kChar) description->kind = TypeKind::kCString;
}

void TypeDescriber::FillEnum(const clang::EnumType& type, TypeDescription* description) {
  const clang::EnumDecl& declaration = *type.getDecl();
  description->kind = TypeKind::kEnum;
  if (declaration.getIntegerType()->isSignedIntegerType()) description->flags |= kTypeSigned;
  if (declaration.isScoped()) description->flags |= kTypeScopedEnum;
  for (const clang::EnumConstantDecl* enumerator : declaration.enumerators()) {
    MemberDescription member;
    member.name = enumerator->getNameAsString();
    member.offset = enumerator->getInitVal().getExtValue();
    description->members.push_back(member);
  }
}

const TypeDescription* TypeDescriber::DescribeClass(const clang::CXXRecordDecl& record) {
  return Get(context_.getRecordType(&record), Place::Outer().BehindPointer().As(Extent::kWhole));
}

void TypeDescriber::FillVector(const clang::VectorType& type, Place place,
                               TypeDescription* description) {
  if (!type.getElementType()->isBooleanType()) {
    return FillArray(type.getElementType(), type.getNumElements(), place, description);
  }
  // A bit for each.
  description->kind = TypeKind::kTuple;
  if (description->size <= kMaxPlainSize) description->flags |= kTypePlain;
  for (uint32_t i = 0; i < type.getNumElements(); ++i) {
    MemberDescription bit;
    bit.type = Get(type.getElementType(), place.Inner());
    bit.offset = i / 8;
    bit.bits = i % 8 << 16 | 1;
    bit.flags = kMemberBitField;
    description->members.push_back(bit);
  }
}

void TypeDescriber::FillComplex(const clang::ComplexType& type, Place place,
                                TypeDescription* description) {
  description->kind = TypeKind::kComplex;
  description->element = Get(type.getElementType(), place.Inner());
}

// Is its value, at its very start, though there may be bytes behind it.
void TypeDescriber::FillAtomic(clang::QualType value, Place place, TypeDescription* description) {
  const TypeDescription* described = Get(value, place.Inner());
  std::string name = description->name;
  uint32_t size = description->size;
  *description = *described;
  description->name = name;
  if (described->kind == TypeKind::kClass) description->size = size;
}

void TypeDescriber::FillArray(clang::QualType element, uint64_t count, Place place,
                              TypeDescription* description) {
  description->element = Get(element, place.Inner());
  if (description->element->kind == TypeKind::kChar && description->size > kMaxPlainSize) {
    description->kind = TypeKind::kText;
    description->shape = {0, static_cast<int32_t>(LengthKind::kTerminated),
                          static_cast<int32_t>(std::min<uint64_t>(count, INT32_MAX)), 0,
                          kElementsInside};
    return;
  }
  description->kind = TypeKind::kArray;
  description->shape[0] = static_cast<int32_t>(std::min<uint64_t>(count, INT32_MAX));
  if (description->size <= kMaxPlainSize && IsFixed(*description->element))
    description->flags |= kTypePlain;
}

void TypeDescriber::FillRecord(const clang::RecordDecl& record, Place place,
                               TypeDescription* description) {
  const auto* cxx = llvm::dyn_cast<clang::CXXRecordDecl>(&record);
  if (!IsCompleteClass(record)) {
    description->kind = TypeKind::kOpaque;
    return;
  }
  std::optional<Adapter> adapter = cxx ? FindAdapter(*cxx, context_) : std::nullopt;
  if (adapter) return FillAdapted(*cxx, *adapter, place, description);
  FillByFields(record, place, description);
}

// A variant of what the adapter shows and of the fields.
void TypeDescriber::FillAdapted(const clang::CXXRecordDecl& record, const Adapter& adapter,
                                Place place, TypeDescription* description) {
  TypeDescription* fields = Make(description->name, TypeKind::kClass, description->size);
  FillByFields(record, place, fields);
  MemberDescription view, object;
  view.type = Get(adapter.view.getNonReferenceType(), Place::Outer());
  view.symbol = adapter.symbol;
  object.type = fields;
  description->kind = TypeKind::kVariant;
  description->shape[3] = kVariantAdapted;
  description->members = {view, object};
}

void TypeDescriber::FillByFields(const clang::RecordDecl& record, Place place,
                                 TypeDescription* description) {
  const auto* cxx = llvm::dyn_cast<clang::CXXRecordDecl>(&record);
  if (record.isUnion()) {
    description->kind = TypeKind::kUnion;
    AddFields(record, place, description);
    // Only bytes can be copied without knowing the active member.
    if (description->size > kMaxPlainSize) description->kind = TypeKind::kOpaque;
    description->flags |= kTypePlain;
    return;
  }
  if (cxx && !AtomicValue(*cxx, context_).isNull()) {
    FillAtomic(AtomicValue(*cxx, context_), place, description);
    return;
  }
  if (cxx && (FillLibraryShape(*cxx, place, this, description) ||
              FillUserShape(*cxx, place, this, description))) {
    if (IsTearable(description->kind)) description->flags |= kTypeTearable;
    return;
  }
  description->kind = TypeKind::kClass;
  if (place.extent == Extent::kBase) {
    const clang::ASTRecordLayout& layout = context_.getASTRecordLayout(&record);
    description->size = static_cast<uint32_t>(layout.getNonVirtualSize().getQuantity());
  } else if (cxx) {
    AddVirtualBases(*cxx, place, description);
  }
  if (cxx) AddBases(*cxx, place, description);
  AddFields(record, place, description);
  bool fixed = description->size <= kMaxPlainSize && (!cxx || cxx->isTriviallyCopyable());
  for (const MemberDescription& member : description->members)
    fixed = fixed && IsFixed(*member.type);
  if (fixed) description->flags |= kTypePlain;
}

void TypeDescriber::AddBases(const clang::CXXRecordDecl& record, Place place,
                             TypeDescription* description) {
  const clang::ASTRecordLayout& layout = context_.getASTRecordLayout(&record);
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    if (!base_class || base.isVirtual() || base_class->isEmpty()) continue;
    MemberDescription member;
    member.type = Get(base.getType(), place.Inner().As(Extent::kBase));
    member.name = member.type->name;
    member.offset = layout.getBaseClassOffset(base_class).getQuantity();
    member.flags = kMemberBase;
    description->members.push_back(member);
  }
}

// Where a virtual base lies is known to the complete object only: its virtual table says it.
void TypeDescriber::AddVirtualBases(const clang::CXXRecordDecl& record, Place place,
                                    TypeDescription* description) {
  auto* tables = llvm::cast<clang::ItaniumVTableContext>(
      const_cast<clang::ASTContext&>(context_).getVTableContext());
  for (const clang::CXXBaseSpecifier& base : record.vbases()) {
    const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    if (!base_class || base_class->isEmpty()) continue;
    MemberDescription member;
    member.type = Get(base.getType(), place.Inner().As(Extent::kBase));
    member.name = member.type->name;
    member.offset = tables->getVirtualBaseOffsetOffset(&record, base_class).getQuantity();
    member.flags = kMemberBase | kMemberVirtualBase;
    description->members.push_back(member);
  }
}

void TypeDescriber::AddFields(const clang::RecordDecl& record, Place place,
                              TypeDescription* description) {
  const clang::ASTRecordLayout& layout = context_.getASTRecordLayout(&record);
  for (const clang::FieldDecl* field : record.fields()) {
    if (field->isUnnamedBitField() || field->isZeroSize(context_)) continue;
    clang::QualType type = field->getType();
    // A reference member is a pointer in memory.
    if (const auto* reference = type->getAs<clang::ReferenceType>())
      type = context_.getPointerType(reference->getPointeeType());
    if (type->isIncompleteType()) continue;
    uint64_t bit = layout.getFieldOffset(field->getFieldIndex());
    MemberDescription member;
    member.name = FieldName(*field);
    member.type = Get(type, place.Inner());
    member.offset = static_cast<int64_t>(bit / 8);
    if (field->isBitField()) {
      member.bits = static_cast<uint32_t>(bit % 8) << 16 | field->getBitWidthValue(context_);
      member.flags = kMemberBitField;
    }
    description->members.push_back(member);
  }
}

}  // namespace omnitrace
