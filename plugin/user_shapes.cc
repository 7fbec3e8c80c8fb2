#include "plugin/user_shapes.h"

#include <set>

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecordLayout.h"
#include "plugin/accessor.h"

namespace omnitrace {
namespace {

using Kind = Accessed::Kind;

class UserShape {
 public:
  UserShape(const clang::CXXRecordDecl& record, TypeDescriber::Place place,
            TypeDescriber* describer, TypeDescription* description)
      : record_(record), place_(place), describer_(describer), description_(description) {}

  bool Fill() { return Vector("data", "size") || Vector("begin", "end") || Optional(); }

 private:
  std::optional<Accessed> Get(const char* name) const {
    return FindAccessed(record_, name, describer_->context());
  }

  bool Vector(const char* first, const char* last) {
    shape_ = {};
    covered_.clear();
    clang::QualType pointer = AccessorType(record_, first);
    if (pointer.isNull() || !pointer->isPointerType()) return false;
    clang::QualType element = pointer->getPointeeType();
    if (element->isIncompleteType() || element->isFunctionType()) return false;
    std::optional<Accessed> data = Get(first), end = Get(last);
    if (!data || !end || !SetData(*data) || !SetLength(*data, *end)) return false;
    if (std::optional<Accessed> capacity = Get("capacity")) Cover(*capacity);
    if (!IsCovered(record_, 0)) return false;
    bool text = element->isAnyCharacterType() &&
                !element->isSpecificBuiltinType(clang::BuiltinType::UChar) &&
                !element->isSpecificBuiltinType(clang::BuiltinType::SChar);
    description_->kind = text ? TypeKind::kText : TypeKind::kSequence;
    if (!text) description_->flags |= kTypeTearable;
    description_->element = describer_->Get(element, place_.Inner());
    description_->shape = shape_;
    return true;
  }

  bool SetData(const Accessed& data) {
    if (data.added >= 0 || data.subtracted >= 0 || data.kind == Kind::kNumber) return false;
    if (data.kind == Kind::kField && (data.type.isNull() || !data.type->isPointerType()))
      return false;
    Cover(data);
    shape_[0] = static_cast<int32_t>(data.offset);
    shape_[4] = kElementsUntrusted | (data.kind == Kind::kAddress ? kElementsInside : 0);
    return true;
  }

  // `end` is a count, or where the elements end.
  bool SetLength(const Accessed& data, const Accessed& end) {
    Cover(end);
    bool from_data = end.kind == data.kind && end.offset == data.offset;
    if (end.kind == Kind::kNumber && end.offset >= 0 && end.offset <= INT32_MAX)
      return SetLength(LengthKind::kConstant, end.offset);
    if (end.added >= 0 && from_data) return SetCount(end.added, end.added_type);
    if (end.kind != Kind::kField || end.added >= 0 || end.type.isNull()) return false;
    if (end.type->isPointerType()) {
      bool difference = end.subtracted == data.offset || end.subtracted < 0;
      return difference && data.kind == Kind::kField &&
             SetLength(LengthKind::kEndPointer, end.offset);
    }
    return end.subtracted < 0 && SetCount(end.offset, end.type);
  }

  bool SetLength(LengthKind kind, int64_t word) {
    shape_[1] = static_cast<int32_t>(kind);
    shape_[2] = static_cast<int32_t>(word);
    return true;
  }

  bool SetCount(int64_t offset, clang::QualType type) {
    if (!type->isIntegerType() || type->isBooleanType()) return false;
    shape_[3] = static_cast<int32_t>(describer_->context().getTypeSizeInChars(type).getQuantity());
    return shape_[3] <= 8 && SetLength(LengthKind::kCount, offset);
  }

  bool Optional() {
    shape_ = {};
    covered_.clear();
    clang::QualType reference = AccessorType(record_, "operator*");
    if (reference.isNull() || !reference->isReferenceType()) return false;
    clang::QualType element = reference->getPointeeType();
    std::optional<Accessed> engaged = Get("has_value"), value = Get("operator*");
    bool fits = engaged && engaged->kind == Kind::kField && !engaged->type.isNull() &&
                engaged->type->isBooleanType() && value && value->kind == Kind::kField &&
                value->added < 0 && !element->isIncompleteType();
    if (!fits) return false;
    Cover(*engaged);
    Cover(*value);
    if (!IsCovered(record_, 0)) return false;
    shape_[0] = static_cast<int32_t>(engaged->offset);
    shape_[1] = static_cast<int32_t>(value->offset);
    description_->kind = TypeKind::kOptional;
    description_->element = describer_->Get(element, place_.Inner());
    description_->shape = shape_;
    return true;
  }

  void Cover(const Accessed& accessed) {
    if (accessed.kind != Kind::kNumber) covered_.insert(accessed.offset);
    if (accessed.added >= 0) covered_.insert(accessed.added);
    if (accessed.subtracted >= 0) covered_.insert(accessed.subtracted);
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
      if (covered_.count(offset) != 0) continue;
      const clang::CXXRecordDecl* inner = field->getType()->getAsCXXRecordDecl();
      if (!inner || !IsCovered(*inner, offset)) return false;
    }
    return true;
  }

  const clang::CXXRecordDecl& record_;
  const TypeDescriber::Place place_;
  TypeDescriber* const describer_;
  TypeDescription* const description_;
  std::array<int32_t, kShapeWords> shape_{};
  std::set<int64_t> covered_;
};

}  // namespace

bool FillUserShape(const clang::CXXRecordDecl& record, TypeDescriber::Place place,
                   TypeDescriber* describer, TypeDescription* description) {
  return UserShape(record, place, describer, description).Fill();
}

}  // namespace omnitrace
