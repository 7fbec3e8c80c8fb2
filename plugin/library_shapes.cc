#include "plugin/library_shapes.h"

#include <optional>
#include <string_view>

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/MathExtras.h"

namespace omnitrace {
namespace {

struct FieldPlace {
  int64_t offset;
  clang::QualType type;
};

// The field `name` of a class or of its bases.
std::optional<FieldPlace> FindField(const clang::CXXRecordDecl& record, llvm::StringRef name,
                                    const clang::ASTContext& context) {
  if (!record.isCompleteDefinition()) return std::nullopt;
  const clang::ASTRecordLayout& layout = context.getASTRecordLayout(&record);
  for (const clang::FieldDecl* field : record.fields()) {
    if (field->getName() == name)
      return FieldPlace{static_cast<int64_t>(layout.getFieldOffset(field->getFieldIndex()) / 8),
                        field->getType()};
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

// A dotted path of fields, such as "_M_impl._M_start".
std::optional<FieldPlace> FindPath(const clang::CXXRecordDecl& record, llvm::StringRef path,
                                   const clang::ASTContext& context) {
  FieldPlace place{0, clang::QualType()};
  const clang::CXXRecordDecl* current = &record;
  for (llvm::StringRef rest = path; !rest.empty();) {
    auto [name, behind] = rest.split('.');
    if (!current) return std::nullopt;
    std::optional<FieldPlace> step = FindField(*current, name, context);
    if (!step) return std::nullopt;
    place = {place.offset + step->offset, step->type};
    current = step->type->getAsCXXRecordDecl();
    rest = behind;
  }
  return place;
}

// One class being matched against the rules.
class ShapeBuilder {
 public:
  ShapeBuilder(const clang::ClassTemplateSpecializationDecl& record, TypeDescriber::Place place,
               TypeDescriber* describer, TypeDescription* description)
      : record_(record), place_(place), describer_(describer), description_(description) {}

  bool Build() {
    using Rule = bool (ShapeBuilder::*)();
    Rule rule = llvm::StringSwitch<Rule>(record_.getName())
                    .Case("basic_string", &ShapeBuilder::String)
                    .Case("basic_string_view", &ShapeBuilder::StringView)
                    .Case("vector", &ShapeBuilder::Vector)
                    .Case("array", &ShapeBuilder::Array)
                    .Case("initializer_list", &ShapeBuilder::InitializerList)
                    .Case("span", &ShapeBuilder::Span)
                    .Case("list", &ShapeBuilder::List)
                    .Case("forward_list", &ShapeBuilder::ForwardList)
                    .Cases("map", "multimap", "set", "multiset", &ShapeBuilder::Tree)
                    .Cases("unordered_map", "unordered_multimap", "unordered_set",
                           "unordered_multiset", &ShapeBuilder::Hash)
                    .Case("deque", &ShapeBuilder::Deque)
                    .Case("optional", &ShapeBuilder::Optional)
                    .Case("variant", &ShapeBuilder::Variant)
                    .Case("tuple", &ShapeBuilder::Tuple)
                    .Case("unique_ptr", &ShapeBuilder::UniquePointer)
                    .Cases("shared_ptr", "weak_ptr", &ShapeBuilder::SharedPointer)
                    .Default(nullptr);
    return rule && (this->*rule)();
  }

 private:
  // All paths must exist: a rule that fits half is no rule.
  bool Find(std::initializer_list<std::pair<const char*, int>> paths) {
    for (auto [path, word] : paths) {
      std::optional<FieldPlace> found = FindPath(record_, path, describer_->context());
      if (!found) return false;
      offsets_[word] = static_cast<int32_t>(found->offset);
    }
    return true;
  }

  bool Finish(TypeKind kind, clang::QualType element, TypeDescriber::Place place) {
    description_->kind = kind;
    description_->shape = offsets_;
    if (!element.isNull()) description_->element = describer_->Get(element, place);
    return true;
  }
  bool Finish(TypeKind kind, clang::QualType element) {
    return Finish(kind, element, place_.Inner());
  }

  clang::QualType TypeArgument(const clang::ClassTemplateSpecializationDecl& record,
                               unsigned index) const {
    const clang::TemplateArgumentList& args = record.getTemplateArgs();
    if (index >= args.size() || args[index].getKind() != clang::TemplateArgument::Type)
      return clang::QualType();
    clang::QualType type = args[index].getAsType();
    return type->isIncompleteType() && !type->isVoidType() ? clang::QualType() : type;
  }
  clang::QualType TypeArgument(unsigned index) const { return TypeArgument(record_, index); }

  int32_t Behind(int32_t header, clang::QualType payload) const {
    uint64_t align = describer_->context().getTypeAlignInChars(payload).getQuantity();
    return static_cast<int32_t>(llvm::alignTo(header, align));
  }

  bool Contiguous(TypeKind kind, const char* data, LengthKind length_kind, const char* length) {
    clang::QualType element = TypeArgument(0);
    if (element.isNull() || !Find({{data, 0}, {length, 2}})) return false;
    offsets_[1] = static_cast<int32_t>(length_kind);
    return Finish(kind, element);
  }

  bool String() {
    return Contiguous(TypeKind::kText, "_M_dataplus._M_p", LengthKind::kCount, "_M_string_length");
  }
  bool StringView() { return Contiguous(TypeKind::kText, "_M_str", LengthKind::kCount, "_M_len"); }
  bool Vector() {
    if (!TypeArgument(0).isNull() && TypeArgument(0)->isBooleanType()) return false;
    return Contiguous(TypeKind::kSequence, "_M_impl._M_start", LengthKind::kEndPointer,
                      "_M_impl._M_finish");
  }
  bool InitializerList() {
    return Contiguous(TypeKind::kSequence, "_M_array", LengthKind::kCount, "_M_len");
  }

  bool Span() {
    const clang::TemplateArgumentList& args = record_.getTemplateArgs();
    if (args.size() < 2 || args[1].getKind() != clang::TemplateArgument::Integral) return false;
    uint64_t extent = args[1].getAsIntegral().getZExtValue();
    if (extent == UINT64_MAX)
      return Contiguous(TypeKind::kSequence, "_M_ptr", LengthKind::kCount,
                        "_M_extent._M_extent_value");
    if (TypeArgument(0).isNull() || extent > INT32_MAX || !Find({{"_M_ptr", 0}})) return false;
    offsets_[1] = static_cast<int32_t>(LengthKind::kConstant);
    offsets_[2] = static_cast<int32_t>(extent);
    return Finish(TypeKind::kSequence, TypeArgument(0));
  }

  // std::array is its array.
  bool Array() {
    std::optional<FieldPlace> elements = FindPath(record_, "_M_elems", describer_->context());
    if (!elements || !elements->type->isConstantArrayType()) return false;
    const TypeDescription* array = describer_->Get(elements->type, place_.Inner());
    std::string name = description_->name;
    *description_ = *array;
    description_->name = name;
    return true;
  }

  bool List() {
    clang::QualType element = TypeArgument(0);
    if (element.isNull() ||
        !Find({{"_M_impl._M_node._M_next", 0}, {"_M_impl._M_node._M_size", 3},
               {"_M_impl._M_node", 4}}))
      return false;
    offsets_[2] = Behind(16, element);
    return Finish(TypeKind::kList, element);
  }
  bool ForwardList() {
    clang::QualType element = TypeArgument(0);
    if (element.isNull() || !Find({{"_M_impl._M_head._M_next", 0}})) return false;
    offsets_[2] = Behind(8, element);
    offsets_[3] = offsets_[4] = -1;
    return Finish(TypeKind::kList, element);
  }

  // The element of a tree or hash table: the second argument of the field that implements it.
  clang::QualType Implementation(const char* field) const {
    std::optional<FieldPlace> found = FindPath(record_, field, describer_->context());
    if (!found) return clang::QualType();
    const auto* table = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
        found->type->getAsCXXRecordDecl());
    return table ? TypeArgument(*table, 1) : clang::QualType();
  }
  void MarkMap() {
    if (record_.getName().contains("map")) description_->flags |= kTypeMap;
  }

  bool Tree() {
    clang::QualType element = Implementation("_M_t");
    if (element.isNull() ||
        !Find({{"_M_t._M_impl._M_header._M_left", 0}, {"_M_t._M_impl._M_node_count", 5}}))
      return false;
    // struct _Rb_tree_node_base { color; parent; left; right; }
    offsets_[1] = 16;
    offsets_[2] = 24;
    offsets_[3] = 8;
    offsets_[4] = Behind(32, element);
    MarkMap();
    return Finish(TypeKind::kTree, element);
  }

  bool Hash() {
    clang::QualType element = Implementation("_M_h");
    if (element.isNull() ||
        !Find({{"_M_h._M_before_begin._M_nxt", 0}, {"_M_h._M_element_count", 3}}))
      return false;
    offsets_[2] = Behind(8, element);
    offsets_[4] = -1;
    MarkMap();
    return Finish(TypeKind::kList, element);
  }

  bool Deque() {
    clang::QualType element = TypeArgument(0);
    if (element.isNull() ||
        !Find({{"_M_impl._M_start._M_cur", 0}, {"_M_impl._M_start._M_last", 1},
               {"_M_impl._M_start._M_node", 2}, {"_M_impl._M_finish._M_cur", 3},
               {"_M_impl._M_finish._M_first", 5}, {"_M_impl._M_finish._M_node", 6}}))
      return false;
    int64_t size = describer_->context().getTypeSizeInChars(element).getQuantity();
    offsets_[4] = size < 512 ? static_cast<int32_t>(512 / size) : 1;
    return Finish(TypeKind::kDeque, element);
  }

  bool Optional() {
    clang::QualType element = TypeArgument(0);
    if (element.isNull() || !Find({{"_M_payload._M_engaged", 0}, {"_M_payload._M_payload", 1}}))
      return false;
    return Finish(TypeKind::kOptional, element);
  }

  bool Variant() {
    std::optional<FieldPlace> index = FindPath(record_, "_M_index", describer_->context());
    if (!index || !Find({{"_M_index", 0}, {"_M_u", 2}})) return false;
    offsets_[1] = static_cast<int32_t>(
        describer_->context().getTypeSizeInChars(index->type).getQuantity());
    const clang::TemplateArgument& pack = record_.getTemplateArgs()[0];
    if (pack.getKind() != clang::TemplateArgument::Pack) return false;
    for (const clang::TemplateArgument& alternative : pack.pack_elements()) {
      MemberDescription member;
      member.type = describer_->Get(alternative.getAsType(), place_.Inner());
      description_->members.push_back(member);
    }
    return Finish(TypeKind::kVariant, clang::QualType());
  }

  // libstdc++ nests a tuple's elements: one base _Head_base<index, type, is_empty> for each.
  std::optional<int64_t> HeadOffset(const clang::CXXRecordDecl& record, uint64_t index) const {
    const clang::ASTRecordLayout& layout =
        describer_->context().getASTRecordLayout(&record);
    for (const clang::CXXBaseSpecifier& base : record.bases()) {
      const auto* part = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(
          base.getType()->getAsCXXRecordDecl());
      if (!part || base.isVirtual()) continue;
      int64_t offset = layout.getBaseClassOffset(part).getQuantity();
      const clang::TemplateArgument& first = part->getTemplateArgs()[0];
      if (part->getName() == "_Head_base" &&
          first.getKind() == clang::TemplateArgument::Integral &&
          first.getAsIntegral().getZExtValue() == index)
        return offset;
      if (std::optional<int64_t> inner = HeadOffset(*part, index)) return *inner + offset;
    }
    return std::nullopt;
  }

  bool Tuple() {
    const clang::TemplateArgument& pack = record_.getTemplateArgs()[0];
    if (pack.getKind() != clang::TemplateArgument::Pack) return false;
    std::vector<MemberDescription> members;
    for (unsigned i = 0; i < pack.pack_size(); ++i) {
      std::optional<int64_t> offset = HeadOffset(record_, i);
      clang::QualType type = pack.pack_begin()[i].getAsType();
      if (!offset) return false;
      if (const auto* reference = type->getAs<clang::ReferenceType>())
        type = describer_->context().getPointerType(reference->getPointeeType());
      MemberDescription member;
      member.type = describer_->Get(type, place_.Inner());
      member.offset = *offset;
      members.push_back(member);
    }
    description_->members = members;
    return Finish(TypeKind::kTuple, clang::QualType());
  }

  bool UniquePointer() {
    std::optional<FieldPlace> tuple = FindPath(record_, "_M_t._M_t", describer_->context());
    const clang::CXXRecordDecl* storage = tuple ? tuple->type->getAsCXXRecordDecl() : nullptr;
    std::optional<int64_t> head = storage ? HeadOffset(*storage, 0) : std::nullopt;
    if (!head) return false;
    offsets_[0] = static_cast<int32_t>(tuple->offset + *head);
    offsets_[1] = -1;
    return Pointer(TypeArgument(0));
  }

  bool SharedPointer() {
    if (!Find({{"_M_ptr", 0}, {"_M_refcount._M_pi", 1}})) return false;
    // The object of a weak pointer may be gone.
    return Pointer(record_.getName() == "weak_ptr" ? clang::QualType() : TypeArgument(0));
  }

  bool Pointer(clang::QualType pointee) {
    if (!place_.MayFollow() || (!pointee.isNull() && (pointee->isArrayType() || pointee->isVoidType())))
      pointee = clang::QualType();
    return Finish(TypeKind::kSmartPointer, pointee, place_.BehindPointer());
  }

  const clang::ClassTemplateSpecializationDecl& record_;
  TypeDescriber::Place place_;
  TypeDescriber* describer_;
  TypeDescription* description_;
  std::array<int32_t, kShapeWords> offsets_{};
};

}  // namespace

bool FillLibraryShape(const clang::CXXRecordDecl& record, TypeDescriber::Place place,
                      TypeDescriber* describer, TypeDescription* description) {
  const auto* special = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  if (!special || !special->isInStdNamespace()) return false;
  return ShapeBuilder(*special, place, describer, description).Build();
}

}  // namespace omnitrace
