#include "plugin/shape_builder.h"

#include "clang/AST/ASTContext.h"
#include "llvm/Support/MathExtras.h"

namespace omnitrace {

ShapeBuilder::Method ShapeBuilder::MethodOf(Shape shape) {
  // In the order of the enumerators.
  static constexpr Method kMethods[] = {
      &ShapeBuilder::Text,          &ShapeBuilder::SmallText,   &ShapeBuilder::CountedText,
      &ShapeBuilder::Range,         &ShapeBuilder::Counted,     &ShapeBuilder::Span,
      &ShapeBuilder::Array,         &ShapeBuilder::List,        &ShapeBuilder::Tree,
      &ShapeBuilder::Deque,         &ShapeBuilder::MappedDeque, &ShapeBuilder::HashTable,
      &ShapeBuilder::Bits,          &ShapeBuilder::BitRange,    &ShapeBuilder::BitText,
      &ShapeBuilder::Optional,      &ShapeBuilder::Expected,    &ShapeBuilder::Variant,
      &ShapeBuilder::Tuple,         &ShapeBuilder::Owner,       &ShapeBuilder::Shared,
      &ShapeBuilder::Weak,          &ShapeBuilder::Reference,   &ShapeBuilder::Same,
      &ShapeBuilder::View,          &ShapeBuilder::Atomic,      &ShapeBuilder::Complex,
      &ShapeBuilder::Duration,      &ShapeBuilder::TimePoint,   &ShapeBuilder::ErrorCode,
      &ShapeBuilder::ErrorCategory, &ShapeBuilder::Position,    &ShapeBuilder::Exception,
      &ShapeBuilder::Target,        &ShapeBuilder::Any,         &ShapeBuilder::Function,
      &ShapeBuilder::Message,       &ShapeBuilder::Mutex,
  };
  static_assert(std::size(kMethods) == static_cast<size_t>(Shape::kMutex) + 1);
  return kMethods[static_cast<size_t>(shape)];
}

bool ShapeBuilder::Build() { return (this->*MethodOf(rule_.shape))(); }

std::optional<FieldPlace> ShapeBuilder::Path(int index) const {
  if (!HasPath(index)) return std::nullopt;
  return FindPath(record_, rule_.paths[static_cast<size_t>(index)], describer_->context());
}

bool ShapeBuilder::Place(int first, std::initializer_list<int> words) {
  for (int word : words) {
    std::optional<FieldPlace> found = Path(first++);
    if (!found) return false;
    shape_[static_cast<size_t>(word)] = static_cast<int32_t>(found->offset);
  }
  return true;
}

clang::QualType ShapeBuilder::Element() const {
  clang::QualType type = FindType(record_, "value_type", describer_->context());
  if (type.isNull()) return TypeArgument(record_, 0);
  return type->isIncompleteType() ? clang::QualType() : type;
}

uint32_t ShapeBuilder::SizeOf(clang::QualType type) const {
  return static_cast<uint32_t>(describer_->context().getTypeSizeInChars(type).getQuantity());
}

int32_t ShapeBuilder::Behind(int header, clang::QualType payload) const {
  uint64_t align = describer_->context().getTypeAlignInChars(payload).getQuantity();
  return static_cast<int32_t>(llvm::alignTo(static_cast<uint64_t>(header), align));
}

bool ShapeBuilder::Finish(TypeKind kind, clang::QualType element) {
  description_->kind = kind;
  description_->shape = shape_;
  if (!element.isNull()) description_->element = describer_->Get(element, place_.Inner());
  return true;
}

bool ShapeBuilder::PlaceLength(LengthKind kind) {
  shape_[1] = static_cast<int32_t>(kind);
  std::optional<FieldPlace> data = Path(0);
  return data && data->type->isPointerType() && Place(0, {0, 2});
}

bool ShapeBuilder::Text() {
  clang::QualType element = TypeArgument(record_, 0);
  return !element.isNull() && PlaceLength(LengthKind::kCount) && Finish(TypeKind::kText, element);
}

bool ShapeBuilder::SmallText() {
  clang::QualType element = TypeArgument(record_, 0);
  std::optional<FieldPlace> is_long = Path(2), short_length = Path(3);
  if (element.isNull() || !is_long || !short_length || !PlaceLength(LengthKind::kSmall) ||
      !Place(2, {3, 5, 7}))
    return false;
  shape_[4] = static_cast<int32_t>(is_long->bit);
  shape_[6] = static_cast<int32_t>(short_length->bit);
  return Finish(TypeKind::kText, element);
}

bool ShapeBuilder::CountedText() {
  clang::QualType element = TypeArgument(record_, 0);
  if (element.isNull() || !Place(0, {0})) return false;
  shape_[1] = static_cast<int32_t>(LengthKind::kBeforeData);
  shape_[2] = rule_.numbers[0];
  return Finish(TypeKind::kText, element);
}

bool ShapeBuilder::IsBoolVector() const {
  clang::QualType element = TypeArgument(record_, 0);
  return !element.isNull() && element->isBooleanType();
}

bool ShapeBuilder::Range() {
  clang::QualType element = Element();
  return !element.isNull() && !IsBoolVector() && PlaceLength(LengthKind::kEndPointer) &&
         Finish(TypeKind::kSequence, element);
}

bool ShapeBuilder::Counted() {
  clang::QualType element = TypeArgument(record_, 0);
  return !element.isNull() && PlaceLength(LengthKind::kCount) &&
         Finish(TypeKind::kSequence, element);
}

bool ShapeBuilder::Span() {
  std::optional<int64_t> extent = NumberArgument(record_, 1);
  if (!extent) return false;
  if (*extent == -1) return Counted();  // std::dynamic_extent
  clang::QualType element = TypeArgument(record_, 0);
  if (element.isNull() || *extent < 0 || *extent > INT32_MAX || !Place(0, {0})) return false;
  shape_[1] = static_cast<int32_t>(LengthKind::kConstant);
  shape_[2] = static_cast<int32_t>(*extent);
  return Finish(TypeKind::kSequence, element);
}

// std::array is its array.
bool ShapeBuilder::Array() {
  clang::QualType element = TypeArgument(record_, 0);
  std::optional<FieldPlace> elements = Path(0);
  if (!elements || element.isNull()) return false;
  // Without elements it has a field of another type.
  if (NumberArgument(record_, 1) == 0) return Finish(TypeKind::kArray, element);
  return elements->type->isConstantArrayType() && Wrap(elements->offset, elements->type);
}

bool ShapeBuilder::PlaceCount() {
  shape_[3] = shape_[4] = -1;
  if (HasPath(1) && !Place(1, {3})) return false;
  return !HasPath(2) || Place(2, {4});
}

bool ShapeBuilder::List() {
  clang::QualType element = Element();
  if (element.isNull() || !Place(0, {0}) || !PlaceCount()) return false;
  shape_[1] = rule_.numbers[0];
  shape_[2] = Behind(rule_.numbers[1], element);
  if (record_.getName().contains("map")) description_->flags |= kTypeMap;
  return Finish(TypeKind::kList, element);
}

bool ShapeBuilder::Tree() {
  clang::QualType element = Element();
  if (element.isNull() || !Place(0, {0, 5})) return false;
  shape_[7] = Place(2, {6}) ? 1 : 0;
  for (size_t i = 0; i < 3; ++i) shape_[i + 1] = rule_.numbers[i];
  shape_[4] = Behind(rule_.numbers[3], element);
  if (record_.getName().contains("map")) description_->flags |= kTypeMap;
  return Finish(TypeKind::kTree, element);
}

bool ShapeBuilder::PlaceChunks(clang::QualType element) {
  int size = static_cast<int>(SizeOf(element));
  if (size <= 0) return false;
  shape_[4] = size < rule_.numbers[2] ? rule_.numbers[0] / size : rule_.numbers[1];
  return true;
}

bool ShapeBuilder::Deque() {
  clang::QualType element = TypeArgument(record_, 0);
  return !element.isNull() && Place(0, {0, 1, 2, 3, 5, 6}) && PlaceChunks(element) &&
         Finish(TypeKind::kDeque, element);
}

bool ShapeBuilder::MappedDeque() {
  clang::QualType element = TypeArgument(record_, 0);
  shape_[7] = 1;
  return !element.isNull() && Place(0, {0, 1, 2}) && PlaceChunks(element) &&
         Finish(TypeKind::kDeque, element);
}

bool ShapeBuilder::HashTable() {
  clang::QualType element = Element();
  std::optional<FieldPlace> marks = Path(0), slots = Path(1);
  bool pointers = marks && slots && marks->type->isPointerType() && slots->type->isPointerType();
  if (element.isNull() || !pointers || !Place(0, {0, 1, 2, 3})) return false;
  clang::QualType mark = marks->type->getPointeeType(), slot = slots->type->getPointeeType();
  uint32_t width = rule_.numbers[0] == 1 ? sizeof(void*) : SizeOf(element);
  if (slot->isIncompleteType() || SizeOf(slot) != width || SizeOf(mark) != 1) return false;
  shape_[4] = rule_.numbers[0];
  if (record_.getName().contains("map")) description_->flags |= kTypeMap;
  return Finish(TypeKind::kHashTable, element);
}

bool ShapeBuilder::Bits() {
  return IsBoolVector() && PlaceLength(LengthKind::kCount) &&
         Finish(TypeKind::kBitSequence, TypeArgument(record_, 0));
}

bool ShapeBuilder::BitRange() {
  shape_[1] = static_cast<int32_t>(LengthKind::kEndPointer);
  return IsBoolVector() && Place(0, {0, 2, 3}) &&
         Finish(TypeKind::kBitSequence, TypeArgument(record_, 0));
}

bool ShapeBuilder::BitText() {
  std::optional<int64_t> bits = NumberArgument(record_, 0);
  if (!bits || *bits < 0 || *bits > INT32_MAX) return false;
  // Without bits there are no words.
  if (*bits != 0 && !Place(0, {0})) return false;
  shape_[1] = static_cast<int32_t>(LengthKind::kConstant);
  shape_[2] = static_cast<int32_t>(*bits);
  return Finish(TypeKind::kBitText, describer_->context().CharTy);
}

}  // namespace omnitrace
