// Describes a class as a rule says: fields become offsets, types come from the AST.
#ifndef OMNITRACE_PLUGIN_SHAPE_BUILDER_H_
#define OMNITRACE_PLUGIN_SHAPE_BUILDER_H_

#include <array>
#include <optional>

#include "plugin/class_fields.h"
#include "plugin/shape_rule.h"
#include "plugin/type_describer.h"

namespace omnitrace {

// One class and one rule. A rule fits when all its fields are there with types that make sense.
class ShapeBuilder {
 public:
  ShapeBuilder(const clang::CXXRecordDecl& record, const ShapeRule& rule,
               TypeDescriber::Place place, TypeDescriber* describer, TypeDescription* description)
      : record_(record),
        rule_(rule),
        place_(place),
        describer_(describer),
        description_(description) {}

  // False, with the description untouched, when the rule doesn't fit.
  bool Build();

 private:
  using Method = bool (ShapeBuilder::*)();
  static Method MethodOf(Shape shape);

  // shape_builder.cc: what has a length
  bool Text();
  bool SmallText();
  bool CountedText();
  bool Range();
  bool Counted();
  bool Span();
  bool Array();
  bool List();
  bool Tree();
  bool Deque();
  bool MappedDeque();
  bool HashTable();
  bool Bits();
  bool BitRange();
  bool BitText();

  // shape_builder_objects.cc: what has parts or stands for something else
  bool Optional();
  bool Expected();
  bool Variant();
  bool Tuple();
  bool Owner();
  bool Shared();
  bool Weak();
  bool Reference();
  bool Same();
  bool View();
  bool Atomic();
  bool Complex();
  bool Duration();
  bool TimePoint();
  bool ErrorCode();
  bool ErrorCategory();
  bool Position();
  bool Exception();
  bool Target();
  bool Any();
  bool Function();
  bool Message();
  bool Mutex();

  std::optional<FieldPlace> Path(int index) const;
  bool HasPath(int index) const { return rule_.paths[static_cast<size_t>(index)] != nullptr; }
  // Puts the offsets of the paths from `first` on into the given words of the shape.
  bool Place(int first, std::initializer_list<int> words);
  bool PlaceLength(LengthKind kind);
  bool PlaceChunks(clang::QualType element);
  bool PlaceCount();
  // The elements' type, null when it isn't known here.
  clang::QualType Element() const;
  bool IsBoolVector() const;
  // Where something behind a header of so many bytes lies.
  int32_t Behind(int header, clang::QualType payload) const;
  uint32_t SizeOf(clang::QualType type) const;
  // The offset of the element `index` among bases part<index, type, ...>.
  std::optional<int64_t> PartOffset(const clang::CXXRecordDecl& record, uint64_t index) const;
  MemberDescription Part(const char* name, clang::QualType type) const;
  bool Pointee(TypeKind kind, clang::QualType pointee);
  void AddHeld(llvm::StringRef managers, unsigned argument, llvm::StringRef function);
  bool Held();
  // Stands for the value at `offset`.
  bool Wrap(int64_t offset, clang::QualType type);
  bool Wrap(int64_t offset, const TypeDescription* type);
  bool Finish(TypeKind kind, clang::QualType element);

  const clang::CXXRecordDecl& record_;
  const ShapeRule& rule_;
  const TypeDescriber::Place place_;
  TypeDescriber* const describer_;
  TypeDescription* const description_;
  std::array<int32_t, kShapeWords> shape_{};
  std::vector<MemberDescription> held_;
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_SHAPE_BUILDER_H_
