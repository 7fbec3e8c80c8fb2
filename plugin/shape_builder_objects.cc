// The builder's part for what has parts, owns, or stands for something else.
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "plugin/held_types.h"
#include "plugin/shape_builder.h"

namespace omnitrace {
namespace {

const clang::ClassTemplateSpecializationDecl* Specialization(clang::QualType type) {
  return llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
}

// The types that a class template was given as its only, variadic parameter.
std::optional<std::vector<clang::QualType>> TypePack(const clang::CXXRecordDecl& record) {
  const auto* special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  if (!special || special->getTemplateArgs().size() == 0) return std::nullopt;
  const clang::TemplateArgument& pack = special->getTemplateArgs()[0];
  if (pack.getKind() != clang::TemplateArgument::Pack) return std::nullopt;
  std::vector<clang::QualType> types;
  for (const clang::TemplateArgument& type : pack.pack_elements())
    types.push_back(type.getAsType());
  return types;
}

// A template argument std::ratio<numerator, denominator>.
bool AddRatio(clang::QualType type, std::vector<MemberDescription>* members) {
  const auto* ratio = type.isNull() ? nullptr : type->getAsCXXRecordDecl();
  std::optional<int64_t> numerator, denominator;
  if (ratio) numerator = NumberArgument(*ratio, 0), denominator = NumberArgument(*ratio, 1);
  if (!numerator || !denominator || *numerator <= 0 || *denominator <= 0) return false;
  for (int64_t number : {*numerator, *denominator}) {
    MemberDescription member;
    member.offset = number;
    members->push_back(member);
  }
  return true;
}

bool IsNumber(clang::QualType type) {
  return !type.isNull() && (type->isIntegerType() || type->isRealFloatingType()) &&
         !type->isEnumeralType();
}

}  // namespace

bool ShapeBuilder::Optional() {
  clang::QualType element = TypeArgument(record_, 0);
  std::optional<FieldPlace> engaged = Path(0);
  return !element.isNull() && engaged && engaged->type->isBooleanType() && Place(0, {0, 1}) &&
         Finish(TypeKind::kOptional, element);
}

MemberDescription ShapeBuilder::Part(const char* name, clang::QualType type) const {
  // A reference is a pointer in memory.
  if (const auto* reference = type->getAs<clang::ReferenceType>())
    type = describer_->context().getPointerType(reference->getPointeeType());
  MemberDescription member;
  member.name = name;
  if (!type->isVoidType()) member.type = describer_->Get(type, place_.Inner());
  return member;
}

// A variant of the error and the value, told apart by the bool.
bool ShapeBuilder::Expected() {
  clang::QualType value = TypeArgument(record_, 0), error = TypeArgument(record_, 1);
  std::optional<FieldPlace> value_place = Path(1), error_place = Path(2);
  if (value.isNull() || error.isNull() || !value_place || !error_place || !Place(0, {0}))
    return false;
  bool has_field = rule_.paths[1][0] != '\0';
  if (value->isVoidType() == has_field) return false;
  if (has_field && value_place->offset != error_place->offset) return false;
  shape_[1] = 1;
  shape_[2] = static_cast<int32_t>(error_place->offset);
  description_->members = {Part("unexpected", error), Part("", value)};
  return Finish(TypeKind::kVariant, clang::QualType());
}

bool ShapeBuilder::Variant() {
  std::optional<FieldPlace> index = Path(0);
  std::optional<std::vector<clang::QualType>> types = TypePack(record_);
  if (!index || !types || !Place(0, {0, 2})) return false;
  shape_[1] = static_cast<int32_t>(SizeOf(index->type));
  for (clang::QualType type : *types) description_->members.push_back(Part("", type));
  return Finish(TypeKind::kVariant, clang::QualType());
}

std::optional<int64_t> ShapeBuilder::PartOffset(const clang::CXXRecordDecl& record,
                                                uint64_t index) const {
  if (!record.isCompleteDefinition()) return std::nullopt;
  const clang::ASTRecordLayout& layout = describer_->context().getASTRecordLayout(&record);
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const auto* part = Specialization(base.getType());
    if (!part || base.isVirtual()) continue;
    int64_t offset = layout.getBaseClassOffset(part).getQuantity();
    std::optional<int64_t> number = NumberArgument(*part, 0);
    if (part->getName() == rule_.part && number == static_cast<int64_t>(index)) return offset;
    if (std::optional<int64_t> inner = PartOffset(*part, index)) return *inner + offset;
  }
  return std::nullopt;
}

bool ShapeBuilder::Tuple() {
  std::optional<std::vector<clang::QualType>> types = TypePack(record_);
  std::vector<MemberDescription> members;
  if (!types) return false;
  std::optional<FieldPlace> base = Path(0);
  const clang::CXXRecordDecl* owner = base ? base->type->getAsCXXRecordDecl() : nullptr;
  if (!owner && !types->empty()) return false;
  for (size_t i = 0; i < types->size(); ++i) {
    std::optional<int64_t> offset = PartOffset(*owner, i);
    if (!offset) return false;
    members.push_back(Part("", (*types)[i]));
    members.back().offset = base->offset + *offset;
  }
  description_->members = members;
  return Finish(TypeKind::kTuple, clang::QualType());
}

bool ShapeBuilder::Pointee(TypeKind kind, clang::QualType pointee) {
  if (!pointee.isNull() && (!place_.MayFollow() || pointee->isArrayType() || pointee->isVoidType()))
    pointee = clang::QualType();
  Finish(kind, clang::QualType());
  if (!pointee.isNull()) description_->element = describer_->Get(pointee, place_.BehindPointer());
  return true;
}

bool ShapeBuilder::Owner() {
  std::optional<FieldPlace> place = Path(0);
  if (!place) return false;
  int64_t offset = place->offset;
  if (rule_.part) {
    const clang::CXXRecordDecl* storage = place->type->getAsCXXRecordDecl();
    std::optional<int64_t> part = storage ? PartOffset(*storage, 0) : std::nullopt;
    if (!part) return false;
    offset += *part;
  } else if (!place->type->isPointerType()) {
    return false;
  }
  shape_[0] = static_cast<int32_t>(offset);
  shape_[1] = -1;
  return Pointee(TypeKind::kSmartPointer, TypeArgument(record_, 0));
}

bool ShapeBuilder::Shared() {
  if (!Place(0, {0, 1})) return false;
  for (size_t i = 0; i < 3; ++i) shape_[i + 2] = rule_.numbers[i];
  return Pointee(TypeKind::kSharedPointer, TypeArgument(record_, 0));
}

bool ShapeBuilder::Weak() {
  if (!Place(0, {0, 1})) return false;
  for (size_t i = 0; i < 3; ++i) shape_[i + 2] = rule_.numbers[i];
  return Pointee(TypeKind::kSharedPointer, clang::QualType());
}

bool ShapeBuilder::Reference() {
  std::optional<FieldPlace> place = Path(0);
  if (!place || !place->type->isPointerType() || !Place(0, {0})) return false;
  shape_[1] = -1;
  shape_[2] = 1;
  clang::QualType pointee = place->type->getPointeeType();
  bool whole = !pointee->isFunctionType() && !pointee->isIncompleteType();
  return Pointee(TypeKind::kSmartPointer, whole ? pointee : clang::QualType());
}

bool ShapeBuilder::Wrap(int64_t offset, const TypeDescription* type) {
  // The same bytes are the same type, under another name, with all that is cheap for it.
  if (offset == 0 && type->size == description_->size && type->filled) {
    std::string name = description_->name;
    *description_ = *type;
    description_->name = name;
    return true;
  }
  shape_[0] = static_cast<int32_t>(offset);
  Finish(TypeKind::kWrapper, clang::QualType());
  description_->element = type;
  return true;
}

bool ShapeBuilder::Wrap(int64_t offset, clang::QualType type) {
  return Wrap(offset, describer_->Get(type, place_.Inner()));
}

bool ShapeBuilder::Same() {
  std::optional<FieldPlace> value = Path(0);
  if (!value) return false;
  clang::QualType type = value->type;
  if (const auto* atomic = type->getAs<clang::AtomicType>()) type = atomic->getValueType();
  return Wrap(value->offset, type);
}

// By its range and by the name of what it makes of it.
bool ShapeBuilder::View() {
  std::optional<FieldPlace> base = Path(0);
  if (!base) return false;
  shape_[0] = static_cast<int32_t>(base->offset);
  MemberDescription label;
  label.name = record_.getName().str();
  description_->members.push_back(label);
  return Finish(TypeKind::kWrapper, base->type);
}

bool ShapeBuilder::Atomic() {
  std::optional<FieldPlace> value = Path(0);
  clang::QualType type = TypeArgument(record_, 0);
  return value && !type.isNull() && Wrap(value->offset, type);
}

bool ShapeBuilder::Complex() {
  clang::QualType part = TypeArgument(record_, 0);
  if (!IsNumber(part) || description_->size != 2 * SizeOf(part)) return false;
  std::optional<FieldPlace> place = Path(0);
  return place && place->offset == 0 && Finish(TypeKind::kComplex, part);
}

bool ShapeBuilder::Duration() {
  clang::QualType count = TypeArgument(record_, 0);
  std::optional<FieldPlace> place = Path(0);
  bool fits = IsNumber(count) && place && place->offset == 0 && description_->size == SizeOf(count);
  if (!fits || !AddRatio(TypeArgument(record_, 1), &description_->members)) return false;
  return Finish(TypeKind::kDuration, count);
}

bool ShapeBuilder::TimePoint() {
  std::optional<FieldPlace> place = Path(0);
  const clang::TemplateArgumentList* arguments = nullptr;
  if (const auto* special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record_))
    arguments = &special->getTemplateArgs();
  if (!place || place->offset != 0 || !arguments || SizeOf(place->type) != description_->size)
    return false;
  // The clock need not be complete.
  const clang::CXXRecordDecl* clock = (*arguments)[0].getAsType()->getAsCXXRecordDecl();
  const TypeDescription* duration = describer_->Get(place->type, place_.Inner());
  if (!clock || duration->kind != TypeKind::kDuration) return false;
  MemberDescription name;
  name.name = PlainClassName(*clock);
  description_->members.push_back(name);
  return Finish(TypeKind::kTimePoint, place->type);
}

bool ShapeBuilder::ErrorCode() {
  std::optional<FieldPlace> value = Path(0), category = Path(1);
  if (!value || !category) return false;
  TypeDescription* name = describer_->Make("std::error_category", TypeKind::kDynamicType, 8);
  name->shape[0] = 1;
  MemberDescription parts[2];
  parts[0].name = "value";
  parts[0].type = describer_->Get(value->type, place_.Inner());
  parts[0].offset = value->offset;
  parts[1].name = "category";
  parts[1].type = name;
  parts[1].offset = category->offset;
  description_->members = {parts[0], parts[1]};
  return Finish(TypeKind::kClass, clang::QualType());
}

// Its text is shown although it lies behind a pointer inside: nothing else tells what happened.
bool ShapeBuilder::Message() {
  std::optional<FieldPlace> text = Path(0), code = Path(1);
  if (!text || !text->type->isPointerType() || (HasPath(1) && !code)) return false;
  MemberDescription what;
  what.name = "what";
  what.type = describer_->Get(text->type, TypeDescriber::Place::Outer());
  what.offset = text->offset;
  description_->members = {what};
  if (code) {
    description_->members.push_back(Part("code", code->type));
    description_->members.back().offset = code->offset;
  }
  return Finish(TypeKind::kClass, clang::QualType());
}

bool ShapeBuilder::ErrorCategory() { return Finish(TypeKind::kDynamicType, clang::QualType()); }

bool ShapeBuilder::Position() {
  std::optional<FieldPlace> place = Path(0);
  if (!place) return false;
  const clang::CXXRecordDecl* inner = place->type->getAsCXXRecordDecl();
  if (inner) return Wrap(place->offset, place->type);
  if (SizeOf(place->type) != sizeof(void*)) return false;
  MemberDescription label;
  label.name = rule_.part ? rule_.part : "iterator";
  description_->members.push_back(label);
  shape_[0] = static_cast<int32_t>(place->offset);
  return Finish(TypeKind::kPosition, clang::QualType());
}

bool ShapeBuilder::Exception() {
  return Place(0, {0}) && Finish(TypeKind::kExceptionPointer, clang::QualType());
}

bool ShapeBuilder::Target() {
  shape_[0] = 1;
  return Place(0, {1}) && Finish(TypeKind::kDynamicType, clang::QualType());
}

// An alternative for each type, told by the address of its manager. The first alternative is the
// manager itself: null when nothing is held, else of a type that this unit doesn't know.
bool ShapeBuilder::Held() {
  std::optional<FieldPlace> manager = Path(0);
  if (!manager || !manager->type->isFunctionPointerType() || !Place(0, {0, 2})) return false;
  shape_[3] = kVariantHeld;
  description_->members = std::move(held_);
  description_->members.insert(description_->members.begin(), Part("", manager->type));
  return Finish(TypeKind::kVariant, clang::QualType());
}

void ShapeBuilder::AddHeld(llvm::StringRef managers, unsigned argument, llvm::StringRef function) {
  const clang::ASTContext& context = describer_->context();
  for (const HeldType& held :
       FindHeldTypes(record_, managers, argument, function, describer_->locals(), context)) {
    held_.push_back(Part("", held.type));
    held_.back().symbol = held.manager;
  }
}

bool ShapeBuilder::Any() {
  auto [inside, behind] = llvm::StringRef(rule_.part).split(' ');
  auto [elsewhere, function] = behind.split(' ');
  AddHeld(inside, 0, function);
  size_t first_elsewhere = held_.size();
  AddHeld(elsewhere, 0, function);
  for (size_t i = first_elsewhere; i < held_.size(); ++i) held_[i].bits = 1;
  return Held();
}

// libstdc++ keeps a target inside when std::function can copy it as bytes.
bool ShapeBuilder::Function() {
  constexpr int64_t kMostInside = 16, kMostAligned = 8;
  const clang::ASTContext& context = describer_->context();
  auto [managers, function] = llvm::StringRef(rule_.part).split(' ');
  for (const HeldType& held :
       FindHeldTypes(record_, managers, 1, function, describer_->locals(), context)) {
    held_.push_back(Part("", held.type));
    held_.back().symbol = held.manager;
    bool inside = held.type.isTriviallyCopyableType(context) &&
                  context.getTypeSizeInChars(held.type).getQuantity() <= kMostInside &&
                  context.getTypeAlignInChars(held.type).getQuantity() <= kMostAligned;
    held_.back().bits = inside ? 0 : 1;
  }
  return Held();
}

bool ShapeBuilder::Mutex() {
  std::optional<FieldPlace> lock = Path(0);
  if (!lock || !lock->type->isSignedIntegerType()) return false;
  TypeDescription* state =
      describer_->Make(record_.getName().str(), TypeKind::kEnum, SizeOf(lock->type));
  state->flags = kTypeSigned;
  // 2 is a lock that another thread waits for.
  for (int value = 0; value <= 2; ++value) {
    MemberDescription member;
    member.name = value == 0 ? "unlocked" : "locked";
    member.offset = value;
    state->members.push_back(member);
  }
  return Wrap(lock->offset, state);
}

}  // namespace omnitrace
