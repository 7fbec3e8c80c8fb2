// Turns types into descriptions: what the runtime needs to copy a value's bytes and the reader to
// understand them. Nothing is instantiated: a type that the unit has not completed is opaque.
#ifndef OMNITRACE_PLUGIN_TYPE_DESCRIBER_H_
#define OMNITRACE_PLUGIN_TYPE_DESCRIBER_H_

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "clang/AST/Type.h"
#include "plugin/held_types.h"
#include "runtime/workspace/format.h"

namespace clang {
class ASTContext;
class CXXRecordDecl;
class FieldDecl;
class RecordDecl;
}  // namespace clang

namespace omnitrace {

struct Adapter;
struct TypeDescription;

struct MemberDescription {
  std::string name;
  const TypeDescription* type = nullptr;  // null for an enumerator
  int64_t offset = 0;                     // or the enumerator's value
  uint32_t bits = 0;
  uint32_t flags = 0;
  std::string symbol;  // of a function whose address is the offset
};

// One node of the graph that becomes a struct Type (runtime/workspace/description.h).
struct TypeDescription {
  TypeKind kind = TypeKind::kOpaque;
  uint8_t flags = 0;
  uint32_t size = 0;
  std::string name;
  const TypeDescription* element = nullptr;
  std::vector<MemberDescription> members;
  std::array<int32_t, kShapeWords> shape{};
  bool filled = false;  // false while a type that contains itself is being described
};

class TypeDescriber {
 public:
  explicit TypeDescriber(const clang::ASTContext& context, LocalSymbols locals = {})
      : context_(context), locals_(std::move(locals)) {}

  // The description of a parameter, result or `this`; lives as long as the describer.
  const TypeDescription* Describe(clang::QualType type) { return Get(type, Place::Outer()); }

  // The description of an object that is found to be of this class when the program runs.
  const TypeDescription* DescribeClass(const clang::CXXRecordDecl& record);

  // Which part of what may lie in memory a type tells of.
  enum class Extent {
    kWhole,
    kBase,      // virtual bases belong to the object around it
    kReferent,  // may be the base of an object of another class
  };
  // A type inside another one: the element of a container, an alternative of a variant.
  // `hops` is how many more owning pointers may be followed.
  struct Place {
    bool outermost;  // raw pointers are followed only from a parameter or a result itself
    int hops;
    Extent extent = Extent::kWhole;
    static constexpr Place Outer() { return {true, 2}; }
    Place Inner() const { return {false, hops}; }
    Place BehindPointer() const { return {false, hops - 1, Extent::kReferent}; }
    Place BehindReference() const { return {outermost, hops, Extent::kReferent}; }
    Place As(Extent other) const { return {outermost, hops, other}; }
    bool MayFollow() const { return hops > 0; }
  };
  const TypeDescription* Get(clang::QualType type, Place place);

  // A description of no type of the program's own, to be filled by the caller.
  TypeDescription* Make(std::string name, TypeKind kind, uint32_t size);

  const clang::ASTContext& context() const { return context_; }
  const LocalSymbols& locals() const { return locals_; }

 private:
  void Fill(clang::QualType type, Place place, TypeDescription* description);
  void FillBuiltin(const clang::BuiltinType& type, TypeDescription* description);
  void FillPointer(clang::QualType pointee, Place place, TypeDescription* description);
  void FillEnum(const clang::EnumType& type, TypeDescription* description);
  void FillArray(clang::QualType element, uint64_t count, Place place,
                 TypeDescription* description);
  void FillVector(const clang::VectorType& type, Place place, TypeDescription* description);
  void FillComplex(const clang::ComplexType& type, Place place, TypeDescription* description);
  void FillAtomic(clang::QualType value, Place place, TypeDescription* description);
  void FillRecord(const clang::RecordDecl& record, Place place, TypeDescription* description);
  void FillAdapted(const clang::CXXRecordDecl& record, const Adapter& adapter, Place place,
                   TypeDescription* description);
  void FillByFields(const clang::RecordDecl& record, Place place, TypeDescription* description);
  void AddBases(const clang::CXXRecordDecl& record, Place place, TypeDescription* description);
  void AddVirtualBases(const clang::CXXRecordDecl& record, Place place,
                       TypeDescription* description);
  void AddFields(const clang::RecordDecl& record, Place place, TypeDescription* description);

  const clang::ASTContext& context_;
  const LocalSymbols locals_;
  using Key = std::tuple<const void*, bool, int, Extent>;
  std::map<Key, TypeDescription*> known_;
  std::deque<TypeDescription> descriptions_;
};

// Whether a value is its bytes, with nothing behind pointers.
bool IsFixed(const TypeDescription& description);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_TYPE_DESCRIBER_H_
