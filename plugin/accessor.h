// What a member function returns when its body is an expression over the object's fields, such as
// `return begin_ + size_;`. Worked out from bodies that are in the AST anyway: nothing is called,
// and nothing is instantiated; where a template's member hasn't been, its pattern is read.
#ifndef OMNITRACE_PLUGIN_ACCESSOR_H_
#define OMNITRACE_PLUGIN_ACCESSOR_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Type.h"

namespace omnitrace {

// A field's content, the address of a part of the object, a number, or a test; `added` is what is
// added to an address, `subtracted` what is taken off it, by the offsets of the fields that hold
// them.
struct Accessed {
  enum class Kind { kField, kAddress, kNumber, kTest } kind = Kind::kNumber;
  int64_t offset = 0;    // of the field or the part; the number
  clang::QualType type;  // of the field or the part; null when it isn't known
  int64_t added = -1;
  clang::QualType added_type;
  int64_t subtracted = -1;
  int shift = 0;  // what a field's number is shifted right by
  // A test asks whether a field has one of the operand's bits, or is more than it, or whether not.
  int64_t operand = 0;
  bool by_more = false, negated = false;
  // What `test` chooses instead of this when it fails.
  std::shared_ptr<Accessed> test, otherwise;
};

// Of the method `name` without parameters, a const one if there are several, of a class or its
// bases. `operator*` is its own name. Null when its body is another, or unknown.
std::optional<Accessed> FindAccessed(const clang::CXXRecordDecl& record, llvm::StringRef name,
                                     const clang::ASTContext& context);

// What that method returns, null when there is none.
clang::QualType AccessorType(const clang::CXXRecordDecl& record, llvm::StringRef name);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_ACCESSOR_H_
