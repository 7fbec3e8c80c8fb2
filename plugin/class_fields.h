// Where the fields of a class lie, by name: through bases and anonymous members, along paths.
#ifndef OMNITRACE_PLUGIN_CLASS_FIELDS_H_
#define OMNITRACE_PLUGIN_CLASS_FIELDS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/Type.h"

namespace omnitrace {

struct FieldPlace {
  int64_t offset = 0;  // bytes
  unsigned bit = 0;    // of a bit field: its first bit within that byte
  clang::QualType type;
  bool bit_field = false;
};

// A dotted path of fields, such as "_M_impl._M_start"; the class itself when it is empty. A virtual
// base isn't looked into: where it lies is known to the complete object only.
std::optional<FieldPlace> FindPath(const clang::CXXRecordDecl& record, llvm::StringRef path,
                                   const clang::ASTContext& context);

// A type that the class or a base declares under a name, or null.
clang::QualType FindType(const clang::CXXRecordDecl& record, llvm::StringRef name,
                         const clang::ASTContext& context);

// The template argument `index` when it is a type that may be recorded, else null.
clang::QualType TypeArgument(const clang::CXXRecordDecl& record, unsigned index);
// The template argument `index` when it is a number.
std::optional<int64_t> NumberArgument(const clang::CXXRecordDecl& record, unsigned index);

// The element `index` of a tuple whose elements lie in bases that have the element's number and
// type among their template arguments.
std::optional<FieldPlace> FindTuplePart(const clang::CXXRecordDecl& tuple, int64_t index,
                                        const clang::ASTContext& context);

// What a parameter of the class template stands for in a class that is made from it.
std::optional<int64_t> ParameterValue(const clang::CXXRecordDecl& record,
                                      const clang::NonTypeTemplateParmDecl& parameter);

// An enumerator that the class or a base declares.
std::optional<int64_t> FindEnumerator(const clang::CXXRecordDecl& record, llvm::StringRef name,
                                      const clang::ASTContext& context);

// As it is written from outside: without inline namespaces and template arguments.
std::string PlainClassName(const clang::CXXRecordDecl& record);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_CLASS_FIELDS_H_
