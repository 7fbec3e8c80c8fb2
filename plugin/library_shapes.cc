#include "plugin/library_shapes.h"

#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SmallVector.h"
#include "plugin/class_fields.h"
#include "plugin/shape_builder.h"
#include "plugin/shape_rule.h"

namespace omnitrace {
namespace {

bool IsNamed(const ShapeRule& rule, llvm::StringRef name) {
  if (rule.shape == Shape::kView)
    return name.starts_with("std::ranges::") && name.ends_with("_view");
  llvm::SmallVector<llvm::StringRef, 8> names;
  llvm::StringRef(rule.names).split(names, ' ');
  return llvm::is_contained(names, name);
}

// libstdc++'s debug mode puts checks around containers, which are bases then, of the same names.
std::string LibraryName(const clang::CXXRecordDecl& record) {
  std::string name = PlainClassName(record);
  for (llvm::StringRef scope : {"std::__debug::", "std::__cxx1998::"}) {
    if (llvm::StringRef(name).starts_with(scope)) name.replace(0, scope.size(), "std::");
  }
  return name;
}

bool IsInLibrary(llvm::StringRef name) {
  return name.starts_with("std::") || name.starts_with("__gnu_cxx::") || name.starts_with("absl::");
}

}  // namespace

bool FillLibraryShape(const clang::CXXRecordDecl& record, TypeDescriber::Place place,
                      TypeDescriber* describer, TypeDescription* description) {
  std::string name = LibraryName(record);
  if (!IsInLibrary(name)) return false;
  for (llvm::ArrayRef<ShapeRule> rules : {LibstdcxxShapes(), LibcxxShapes(), AbseilShapes()}) {
    for (const ShapeRule& rule : rules) {
      bool fits =
          IsNamed(rule, name) && ShapeBuilder(record, rule, place, describer, description).Build();
      if (fits) return true;
    }
  }
  return false;
}

}  // namespace omnitrace
