#include "plugin/user_shapes.h"

#include <set>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecordLayout.h"
#include "plugin/accessor.h"
#include "plugin/class_fields.h"

namespace omnitrace {
namespace {

using Kind = Accessed::Kind;

class UserShape {
 public:
  UserShape(const clang::CXXRecordDecl& record, TypeDescriber::Place place,
            TypeDescriber* describer, TypeDescription* description)
      : record_(record), place_(place), describer_(describer), description_(description) {}

  bool Fill() { return Matrix() || Vector("data", "size") || Vector("begin", "end") || Optional(); }

 private:
  std::optional<Accessed> Get(const char* name) const {
    return FindAccessed(record_, name, describer_->context());
  }

  bool Vector(const char* first, const char* last) {
    if (!StartElements(first)) return false;
    std::optional<Accessed> data = Get(first), end = Get(last);
    if (!data || !end || !SetData(*data) || !SetLength(*data, *end)) return false;
    if (std::optional<Accessed> capacity = Get("capacity")) Cover(*capacity);
    if (!IsCovered(record_, 0)) return false;
    const TypeDescription* element = describer_->Get(element_, place_.Inner());
    bool text = element->kind == TypeKind::kChar;
    return Finish(text ? TypeKind::kText : TypeKind::kSequence, element);
  }

  // Finds what the elements are by the pointer that an accessor returns.
  bool StartElements(const char* accessor) {
    shape_ = {};
    covered_.clear();
    clang::QualType pointer = AccessorType(record_, accessor);
    if (pointer.isNull() || !pointer->isPointerType()) return false;
    element_ = pointer->getPointeeType();
    return !element_->isIncompleteType() && !element_->isFunctionType();
  }

  bool Finish(TypeKind kind, const TypeDescription* element) {
    description_->kind = kind;
    description_->element = element;
    description_->shape = shape_;
    return true;
  }

  // data(), rows() and cols(), and the enumerator IsRowMajor. What is one row or column is a
  // vector.
  bool Matrix() {
    std::optional<Accessed> rows = Get("rows"), columns = Get("cols"), data = Get("data");
    std::optional<int64_t> by_rows = FindEnumerator(record_, "IsRowMajor", describer_->context());
    if (!rows || !columns || !data || !by_rows || !StartElements("data") || !SetData(*data))
      return false;
    if (data->otherwise) return false;
    Cover(*rows);
    Cover(*columns);
    // Such as what says how far apart the elements lie.
    hides_empty_ = false;
    bool covered = IsCovered(record_, 0);
    hides_empty_ = true;
    if (!covered) return false;
    const TypeDescription* number = describer_->Get(element_, place_.Inner());
    if (IsOne(*rows)) return SetLength(*data, *columns) && Finish(TypeKind::kSequence, number);
    if (IsOne(*columns)) return SetLength(*data, *rows) && Finish(TypeKind::kSequence, number);
    if (!SetDimension(*rows, 1) || !SetDimension(*columns, 2)) return false;
    shape_[3] = *by_rows == 0 ? 1 : 0;
    TypeDescription* row = describer_->Make(number->name + "[]", TypeKind::kSequence, 0);
    row->element = number;
    return Finish(TypeKind::kMatrix, row);
  }

  static bool IsOne(const Accessed& number) {
    return number.kind == Kind::kNumber && number.offset == 1;
  }

  bool SetDimension(const Accessed& count, size_t word) {
    bool number = count.kind == Kind::kNumber && count.offset >= 0 && count.offset <= INT32_MAX;
    bool field = count.kind == Kind::kField && count.added < 0 && count.subtracted < 0 &&
                 count.shift == 0 && !count.otherwise && !count.type.isNull() &&
                 count.type->isIntegerType();
    if (!number && !field) return false;
    shape_[word] = static_cast<int32_t>(count.offset);
    shape_[word + 4] = number ? 0 : SizeOf(count.type);
    return shape_[word + 4] <= 8;
  }

  int32_t SizeOf(clang::QualType type) const {
    return static_cast<int32_t>(describer_->context().getTypeSizeInChars(type).getQuantity());
  }

  bool SetData(const Accessed& data) {
    if (!IsPlaceOfElements(data)) return false;
    Cover(data);
    shape_[0] = static_cast<int32_t>(data.offset);
    shape_[4] = kElementsUntrusted | (data.kind == Kind::kAddress ? kElementsInside : 0);
    return !data.otherwise || SetChoice(data, *data.otherwise, *data.test);
  }

  static bool IsPlaceOfElements(const Accessed& data) {
    if (data.added >= 0 || data.subtracted >= 0 || data.shift != 0) return false;
    if (data.kind != Kind::kField) return data.kind == Kind::kAddress;
    return !data.type.isNull() && data.type->isPointerType();
  }

  // Of a pointer and an address inside, in either order.
  bool SetChoice(const Accessed& yes, const Accessed& no, const Accessed& test) {
    bool swapped = yes.kind == Kind::kAddress;
    const Accessed &pointer = swapped ? no : yes, &inside = swapped ? yes : no;
    if (no.otherwise || !IsPlaceOfElements(no) || pointer.kind != Kind::kField ||
        inside.kind != Kind::kAddress || SizeOf(test.type) > 8)
      return false;
    shape_[0] = static_cast<int32_t>(pointer.offset);
    shape_[4] = kElementsUntrusted | kElementsChosen | SizeOf(test.type) << 8;
    if (test.by_more) shape_[4] |= kChosenByMore;
    if (test.type->isSignedIntegerOrEnumerationType()) shape_[4] |= kChosenBySigned;
    if (test.negated != swapped) shape_[4] |= kChosenByNot;
    shape_[5] = static_cast<int32_t>(test.offset);
    shape_[6] = static_cast<int32_t>(inside.offset);
    shape_[7] = static_cast<int32_t>(test.operand);
    return true;
  }

  // `end` is a count, or where the elements end.
  bool SetLength(const Accessed& data, const Accessed& end) {
    Cover(end);
    if (end.otherwise || end.kind == Kind::kTest) return false;
    bool from_data = end.kind == data.kind && end.offset == data.offset;
    if (end.kind == Kind::kNumber && end.offset >= 0 && end.offset <= INT32_MAX)
      return SetLength(LengthKind::kConstant, end.offset);
    if (end.added >= 0 && from_data) return SetCount(end.added, end.added_type, 0);
    if (end.kind != Kind::kField || end.added >= 0 || end.type.isNull()) return false;
    if (end.type->isPointerType()) {
      bool difference = end.subtracted == data.offset || end.subtracted < 0;
      return difference && data.kind == Kind::kField && !data.otherwise && end.shift == 0 &&
             SetLength(LengthKind::kEndPointer, end.offset);
    }
    return end.subtracted < 0 && SetCount(end.offset, end.type, end.shift);
  }

  bool SetLength(LengthKind kind, int64_t word) {
    shape_[1] = static_cast<int32_t>(kind);
    shape_[2] = static_cast<int32_t>(word);
    return true;
  }

  bool SetCount(int64_t offset, clang::QualType type, int shift) {
    if (!type->isIntegerType() || type->isBooleanType() || SizeOf(type) > 8) return false;
    shape_[3] = SizeOf(type) | shift << 8;
    return SetLength(LengthKind::kCount, offset);
  }

  bool Optional() {
    shape_ = {};
    covered_.clear();
    element_ = {};
    clang::QualType reference = AccessorType(record_, "operator*");
    if (reference.isNull() || !reference->isReferenceType()) return false;
    element_ = reference->getPointeeType();
    std::optional<Accessed> engaged = Get("has_value"), value = Get("operator*");
    bool fits = engaged && engaged->kind == Kind::kField && !engaged->type.isNull() &&
                engaged->type->isBooleanType() && !engaged->otherwise && engaged->shift == 0 &&
                value && value->kind == Kind::kField && value->added < 0 && !value->otherwise &&
                !element_->isIncompleteType();
    if (!fits) return false;
    Cover(*engaged);
    Cover(*value);
    if (!IsCovered(record_, 0)) return false;
    shape_[0] = static_cast<int32_t>(engaged->offset);
    shape_[1] = static_cast<int32_t>(value->offset);
    return Finish(TypeKind::kOptional, describer_->Get(element_, place_.Inner()));
  }

  void Cover(const Accessed& accessed) {
    if (accessed.kind != Kind::kNumber) covered_.insert(accessed.offset);
    if (accessed.added >= 0) covered_.insert(accessed.added);
    if (accessed.subtracted >= 0) covered_.insert(accessed.subtracted);
    if (!accessed.otherwise) return;
    Cover(*accessed.test);
    Cover(*accessed.otherwise);
  }

  // All fields lie where an accessor looks, or hold nothing.
  bool IsCovered(const clang::CXXRecordDecl& record, int64_t start) const {
    const clang::ASTRecordLayout& layout = describer_->context().getASTRecordLayout(&record);
    if (record.isDynamicClass()) return false;
    for (const clang::CXXBaseSpecifier& base : record.bases()) {
      const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
      if (!base_class || base.isVirtual() ||
          !IsCovered(*base_class, start + layout.getBaseClassOffset(base_class).getQuantity()))
        return false;
    }
    for (const clang::FieldDecl* field : record.fields()) {
      int64_t offset =
          start + static_cast<int64_t>(layout.getFieldOffset(field->getFieldIndex()) / 8);
      const clang::CXXRecordDecl* inner = field->getType()->getAsCXXRecordDecl();
      if (covered_.count(offset) != 0 && (!inner || IsWhole(*inner))) continue;
      if (IsRoom(*field)) continue;
      if (!inner || (!hides_empty_ && inner->isEmpty()) || !IsCovered(*inner, offset)) return false;
    }
    return true;
  }

  // No part of it is shown without the rest.
  bool IsWhole(const clang::CXXRecordDecl& record) const {
    const clang::ASTContext& context = describer_->context();
    return record.isUnion() ||
           context.hasSameUnqualifiedType(context.getRecordType(&record), element_);
  }

  // Where elements may lie that a pointer leads to: bytes that are aligned for them.
  bool IsRoom(const clang::FieldDecl& field) const {
    const clang::ASTContext& context = describer_->context();
    if ((shape_[4] & kElementsUntrusted) == 0 || (shape_[4] & kElementsInside) != 0) return false;
    clang::QualType type = context.getBaseElementType(field.getType());
    bool bytes = type->isUnionType() ? IsBytes(type) : field.hasAttr<clang::AlignedAttr>();
    return bytes && IsBytes(field.getType()) && SizeOf(field.getType()) >= SizeOf(element_) &&
           context.getDeclAlign(&field) >= context.getTypeAlignInChars(element_);
  }

  bool IsBytes(clang::QualType type) const {
    type = describer_->context().getBaseElementType(type);
    const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
    if (!record) return type->isCharType() || type->isStdByteType();
    return record->isCompleteDefinition() && record->getNumBases() == 0 &&
           llvm::all_of(record->fields(), [this](const clang::FieldDecl* field) {
             return field->getType()->isRecordType() || field->getType()->isArrayType()
                        ? IsBytes(field->getType())
                        : false;
           });
  }

  const clang::CXXRecordDecl& record_;
  const TypeDescriber::Place place_;
  TypeDescriber* const describer_;
  TypeDescription* const description_;
  std::array<int32_t, kShapeWords> shape_{};
  std::set<int64_t> covered_;
  clang::QualType element_;
  bool hides_empty_ = true;
};

}  // namespace

bool FillUserShape(const clang::CXXRecordDecl& record, TypeDescriber::Place place,
                   TypeDescriber* describer, TypeDescription* description) {
  return UserShape(record, place, describer, description).Fill();
}

}  // namespace omnitrace
