// Types whose values are bytes with a meaning of their own (RawMeaning): pointers to members,
// integers of any width.
#ifndef OMNITRACE_PLUGIN_RAW_SHAPES_H_
#define OMNITRACE_PLUGIN_RAW_SHAPES_H_

#include "clang/AST/Type.h"
#include "plugin/type_describer.h"

namespace omnitrace {

// Both expect the size to be known.
void FillBitInteger(const clang::BitIntType& type, TypeDescription* description);
void FillMemberPointer(const clang::MemberPointerType& type, const clang::ASTContext& context,
                       TypeDescription* description);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_RAW_SHAPES_H_
